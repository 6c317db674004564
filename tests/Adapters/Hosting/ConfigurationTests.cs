using System.Globalization;
using System.Reflection;
using System.Text;
using Acomm.Adapters;
using Acomm.Domain;
using LanguageExt;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Acomm.AdapterTests.Hosting;

/// <summary>Options from configuration: every key, and what is wrong with one.</summary>
public sealed class ConfigurationTests
{
    private static readonly PropertyInfo[] LimitProperties =
        [.. typeof(Limits).GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(p => p.CanWrite)];

    public static TheoryData<string> LimitKeys => [.. LimitProperties.Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(LimitKeys))]
    public void Every_limit_has_a_key_and_sets_nothing_else(string key)
    {
        var property = typeof(Limits).GetProperty(key)!;
        object other = property.GetValue(Limits.Default) switch
        {
            int number => number + 1,
            long number => number + 1,
            TimeSpan time => time + TimeSpan.FromSeconds(1),
            var value => throw new InvalidOperationException($"{value} of a type that is not known here"),
        };

        var limits = OptionsOf(($"Limits:{key}", Convert.ToString(other, CultureInfo.InvariantCulture)!)).Limits;

        Assert.Equal(other, property.GetValue(limits));
        Assert.All(LimitProperties.Where(p => p.Name != key), p => Assert.Equal(p.GetValue(Limits.Default), p.GetValue(limits)));
    }

    [Fact]
    public void All_else_that_is_no_code_has_a_key_too()
    {
        var options = OptionsOf(
            ("StreamDirectory", "/run/streams"), ("PublicUrl", "http://here:1/a"), ("DrainLimit", "00:00:07"),
            ("Access:Group", "12"), ("Access:AllowedUsers:0", "1"), ("Access:AllowedUsers:1", "2"), ("Access:PrivateDirectory", "true"),
            ("Outside:AllowedNetworks:0", "10.0.0.0/8"), ("Outside:AllowedHosts:0", "peer"));

        Assert.Equal(("/run/a.sock", "/run/streams", "http://here:1/a", TimeSpan.FromSeconds(7)), (options.SocketPath, options.StreamDirectory, options.PublicUrl, options.DrainLimit));
        Assert.Equal(new SocketAccess { Group = 12u, AllowedUsers = Prelude.Seq(1u, 2u), PrivateDirectory = true }, options.Access);
        Assert.Equal(IpNetwork.Parse("10.0.0.0/8").Ok(), options.Outside.AllowedNetworks.Single());
        Assert.Equal("peer", options.Outside.AllowedHosts.Single());
    }

    [Fact]
    public void What_is_not_configured_stays_as_it_is_and_code_has_the_last_word()
    {
        var options = OptionsOf(configure: o => o.DrainLimit += TimeSpan.FromSeconds(1), keys: ("DrainLimit", "00:00:07"));

        Assert.Equal(TimeSpan.FromSeconds(8), options.DrainLimit);
        Assert.Equal((Limits.Default, SocketAccess.Default, OutsidePolicy.Default), (options.Limits, options.Access, options.Outside));
    }

    [Theory]
    [InlineData("Limits:FrameBytes", "1 MB", "Limits:FrameBytes: '1 MB' is no whole number, or one that is too large")]
    [InlineData("Limits:FrameBytes", "99999999999", "Limits:FrameBytes: '99999999999' is no whole number, or one that is too large")]
    [InlineData("Limits:AckRead", "30", "Limits:AckRead: '30' is no time as 00:00:30")]
    [InlineData("Limits:FrameByte", "1", "Limits:FrameByte: there is no such key")]
    [InlineData("Sockets", "/a", "Sockets: there is no such key")]
    [InlineData("Access:PrivateDirectory", "yes", "Access:PrivateDirectory: 'yes' is neither true nor false")]
    [InlineData("Access:AllowedUsers:0", "root", "Access:AllowedUsers:0: 'root' is no number of a user")]
    [InlineData("Outside:AllowedNetworks:0", "10.0.0.0/99", "Outside:AllowedNetworks:0: network '10.0.0.0/99' is no IP address or range")]
    [InlineData("Limits", "5", "Limits: '5' is a single value, a section is needed")]
    [InlineData("Access", "yes", "Access: 'yes' is a single value, a section is needed")]
    [InlineData("Access:AllowedUsers", "root", "Access:AllowedUsers: 'root' is a single value, a list is needed: Access:AllowedUsers:0 and so on")]
    [InlineData("Outside:AllowedHosts", "example.com", "Outside:AllowedHosts: 'example.com' is a single value, a list is needed: Outside:AllowedHosts:0 and so on")]
    [InlineData("Outside:AllowedHosts:0:Name", "peer", "Outside:AllowedHosts:0: is a section or a list, a single value is needed")]
    [InlineData("Limits:Depth:0", "9", "Limits:Depth: is a section or a list, a single value is needed")]
    [InlineData("", "/run/a.sock", "Acomm: '/run/a.sock' is a single value, a section is needed")]
    public void What_is_wrong_is_named_with_key_and_value(string key, string value, string problem) =>
        Assert.Equal(problem, Assert.Single(Assert.Throws<OptionsValidationException>(() => OptionsOf((key, value))).Failures));

    [Fact]
    public void A_value_that_is_out_of_range_is_refused_as_if_code_had_set_it()
    {
        var error = Assert.Throws<OptionsValidationException>(() => OptionsOf(("Limits:FrameBytes", "17825792")));

        Assert.Equal("Limits:FrameBytes: 17825792 is not between 1 and 16777216", Assert.Single(error.Failures));
    }

    [Fact]
    public void Values_that_cannot_be_read_are_told_before_those_that_are_out_of_range()
    {
        var error = Assert.Throws<OptionsValidationException>(() => OptionsOf(("Limits:Depth", "2"), ("Limits:AckRead", "30"), ("Limits", "5")));

        Assert.Equal(["Limits: '5'", "Limits:AckRead: '30'"], error.Failures.Select(failure => failure[..(failure.LastIndexOf('\'') + 1)]));
    }

    [Theory]
    [InlineData("{}", "Nowhere", "SocketPath: is not set, and is needed; the configuration section 'Nowhere' does not exist or is empty")]
    [InlineData("""{ "Shop": { "Acomm": {} } }""", "Shop:Acomm", "SocketPath: is not set, and is needed; the configuration section 'Shop:Acomm' does not exist or is empty")]
    [InlineData("""{ "Acomm": { "DrainLimit": "00:00:07" } }""", "Acomm", "SocketPath: is not set, and is needed")]
    public void A_missing_socket_path_is_told_with_the_section_that_has_nothing(string json, string section, string problem) =>
        Assert.Equal(problem, Assert.Single(Assert.Throws<OptionsValidationException>(() => OptionsOf(json, section)).Failures));

    [Fact]
    public void A_section_that_has_nothing_is_no_problem_where_code_sets_what_is_needed() =>
        Assert.Equal("/run/b.sock", OptionsOf("{}", "Nowhere", o => o.SocketPath = "/run/b.sock").SocketPath);

    [Fact]
    public void Sections_and_lists_without_anything_in_them_are_none_of_a_single_value()
    {
        var options = OptionsOf("""{ "Acomm": { "SocketPath": "/run/a.sock", "Limits": {}, "Access": {}, "Outside": { "AllowedHosts": [] } } }""", "Acomm");

        Assert.Equal((Limits.Default, SocketAccess.Default, OutsidePolicy.Default), (options.Limits, options.Access, options.Outside));
    }

    [Fact]
    public void A_list_of_users_without_anybody_is_refused() => Assert.Equal(
        "Access:AllowedUsers: is set and names nobody",
        Assert.Single(Assert.Throws<OptionsValidationException>(() => OptionsOf("""{ "Acomm": { "SocketPath": "/run/a.sock", "Access": { "AllowedUsers": [] } } }""", "Acomm")).Failures));

    private static AcommOptions OptionsOf(params (string Key, string Value)[] keys) => OptionsOf(null, keys);

    private static AcommOptions OptionsOf(Action<AcommOptions>? configure, params (string Key, string Value)[] keys)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(keys.Append((Key: "SocketPath", Value: "/run/a.sock")).Select(k => KeyValuePair.Create(k.Key.Length == 0 ? "Acomm" : $"Acomm:{k.Key}", (string?)k.Value)))
            .Build();
        return OptionsOf(configuration.GetSection("Acomm"), configure);
    }

    private static AcommOptions OptionsOf(string json, string section, Action<AcommOptions>? configure = null)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        return OptionsOf(new ConfigurationBuilder().AddJsonStream(stream).Build().GetSection(section), configure);
    }

    private static AcommOptions OptionsOf(IConfiguration configuration, Action<AcommOptions>? configure)
    {
        var services = new ServiceCollection();
        services.AddAcomm(configuration, configure);
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<AcommOptions>>().Value;
    }
}
