using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Acomm.Adapters;
using Acomm.Domain;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Acomm.DocumentTests;

/// <summary>The tables of options in docs/hosting.md: every key, its default, and the range that is refused outside.</summary>
public sealed partial class OptionsTableTests
{
    // Sections, of which the members are keys, and what code only can set.
    private static readonly string[] NoKeys = [nameof(AcommOptions.Limits), nameof(AcommOptions.Access), nameof(AcommOptions.Outside), nameof(AcommOptions.Json)];

    private static readonly string Page = Repository.Read("docs/hosting.md");

    [Fact]
    public void Every_option_and_its_default_is_in_the_table() => Assert.Equal(
        [.. Defaults(new AcommOptions(), ""), .. Defaults(SocketAccess.Default, "Access:"), .. Defaults(OutsidePolicy.Default, "Outside:")],
        Rows("options").Concat(Rows("access-and-outside")).Select(row => $"{row[0]} {row[1]}"));

    [Fact]
    public void Every_limit_and_its_default_is_in_the_table() =>
        Assert.Equal(Defaults(Limits.Default, ""), Rows("limits").Select(row => $"{row[0]} {row[1]}"));

    [Fact]
    public void The_ranges_are_those_outside_of_which_a_value_is_refused() => Assert.All(
        Rows("limits").Select(row => (Key: $"Limits:{row[0]}", Range: row[2])).Concat(Rows("options").Where(row => row[2].Length > 0).Select(row => (Key: row[0], Range: row[2]))),
        limit => Assert.Equal(limit.Range, RangeOf(limit.Key)));

    [Fact]
    public void The_share_at_which_a_node_counts_as_degraded_is_said() => Assert.Contains($" {Limits.CrowdedPercent} % of ", Page, StringComparison.Ordinal);

    private static IEnumerable<string> Defaults(object defaults, string path) => defaults.GetType()
        .GetProperties(BindingFlags.Instance | BindingFlags.Public)
        .Where(property => property.CanWrite && !NoKeys.Contains(property.Name))
        .Select(property => $"{path}{property.Name} {Shown(property.GetValue(defaults))}");

    private static string Shown(object? value) => value switch
    {
        null or "" => "–",
        bool flag => flag ? "true" : "false",
        int or long or TimeSpan => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        _ => value.ToString() is "None" or "[]" ? "–" : value.ToString()!,
    };

    // What the node says of a value that is below every range.
    private static string RangeOf(string key)
    {
        var isTime = Page.Contains($"`{key.Split(':')[^1]}` | `", StringComparison.Ordinal);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["SocketPath"] = "/run/a.sock",
            [key] = isTime ? "-00:00:01" : "-1",
        }).Build();
        var services = new ServiceCollection();
        services.AddAcomm(configuration);
        using var provider = services.BuildServiceProvider();
        var refused = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<AcommOptions>>().Value);
        return Between().Match(refused.Message) is { Success: true } range ? $"{range.Groups[1]} to {range.Groups[2]}" : refused.Message;
    }

    // The rows of the table under a heading, their cells without backticks.
    private static IEnumerable<string[]> Rows(string anchor)
    {
        var section = Regex.Match(Page, $@"(?msi)^#+ {anchor.Replace('-', ' ')}$.*?(?=^#|\z)").Value;
        return section.Split('\n')
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Replace("`", "", StringComparison.Ordinal).Split('|', StringSplitOptions.TrimEntries)[1..^1]);
    }

    [GeneratedRegex(@"is not between (\S+) and ([^\s;]+)")]
    private static partial Regex Between();
}
