using Acomm.Domain;
using Xunit;

namespace Acomm.Properties.Codec;

/// <summary>What can be done with an address: a socket path, an HTTP target, a text for logs, a longer address.</summary>
public sealed class AddressUseTests
{
    [Theory]
    [InlineData("unix:///tmp/x.sock", "/tmp/x.sock")]
    [InlineData("unix:/abs.sock", "/abs.sock")]
    [InlineData("unix:///tmp/a%20b%2Fc", "/tmp/a b/c")]
    [InlineData("unix:///tmp/x.sock?q#f", "/tmp/x.sock")]
    [InlineData("unix:///", "/")]
    public void A_unix_address_names_its_decoded_path(string text, string path)
    {
        Assert.Equal(path, Parsed(text).UnixPath.Right());
        Assert.True(Parsed(text).IsUnix);
    }

    [Theory]
    [InlineData("unix://asdf", "has the host 'asdf', a socket path starts behind unix://")]
    [InlineData("unix://host/tmp/x.sock", "has the host 'host', a socket path starts behind unix://")]
    [InlineData("unix:rel.sock", "names no socket path")]
    [InlineData("unix:", "names no absolute socket path")]
    [InlineData("unix:///tmp/%00x", "has a NUL in its socket path")]
    [InlineData("http://h/tmp/x.sock", "names no socket path")]
    public void An_address_without_a_socket_path_says_why(string text, string reason) =>
        Assert.Equal(new AcommError.AddressUnusable(Parsed(text), reason), Parsed(text).UnixPath.Left());

    [Theory]
    [InlineData("rel.sock")]
    [InlineData("")]
    [InlineData("./x")]
    public void A_relative_path_is_no_address(string path) =>
        Assert.Equal("names no absolute socket path", Address.Unix(path).Left<AcommError.AddressUnusable, Address>().Reason);

    [Fact]
    public void A_path_is_an_address_with_the_same_path()
    {
        var address = Address.Unix("/tmp/a b?c#d%e.sock").Right();
        Assert.Equal("/tmp/a b?c#d%e.sock", address.UnixPath.Right());
        Assert.Equal("unix:///tmp/a%20b%3Fc%23d%25e.sock", address.ToString());
        Assert.Equal("has a NUL in its socket path", Address.Unix("/a\0b").Left<AcommError.AddressUnusable, Address>().Reason);
    }

    // The system would be given another path than the one that was asked for.
    [Fact]
    public void A_path_with_an_unpaired_surrogate_is_no_address() =>
        Assert.Equal("has an unpaired surrogate in its socket path", Address.Unix("/a\ud800").Left<AcommError.AddressUnusable, Address>().Reason);

    [Theory]
    [InlineData("a", 106)]
    [InlineData("é", 53)]
    public void A_path_of_107_bytes_fits_and_one_of_108_does_not(string letter, int times)
    {
        var longest = "/" + string.Concat(Enumerable.Repeat(letter, times));
        Assert.Equal(longest, Address.Unix(longest).Right().UnixPath.Right());
        var error = Address.Unix(longest + "x").Left<AcommError.PathTooLong, Address>();
        Assert.Equal(new AcommError.PathTooLong(longest + "x", 107, 108), error);
        Assert.EndsWith("has 108 bytes, the limit is 107", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://h/p?q=1", "http://h/p?q=1")]
    [InlineData("https://me:secret@h:8443/p#f", "https://h:8443/p")]
    [InlineData("http://h#a%2Fb", "http://h")]
    [InlineData("http://[::1]:80", "http://[::1]:80")]
    [InlineData("http://h/a%2Fb?", "http://h/a%2Fb?")]
    [InlineData("http://[fe80::1%25eth0]:80/", "http://[fe80::1%25eth0]:80/")]
    public void An_http_target_has_neither_user_info_nor_fragment(string text, string target)
    {
        Assert.Equal(target, Parsed(text).HttpTarget.Right());
        Assert.False(Parsed(text).IsUnix);
    }

    // The HTTP client refuses an encoded host.
    [Fact]
    public void An_http_target_has_an_international_host_as_it_is()
    {
        var target = Parsed("http://b%C3%BCcher.example:80/%E2%82%AC").HttpTarget.Right();
        Assert.Equal("http://bücher.example:80/%E2%82%AC", target);
        Assert.Equal("xn--bcher-kva.example", new Uri(target).IdnHost);
    }

    [Theory]
    [InlineData("unix:///tmp/x.sock", "is not for HTTP")]
    [InlineData("unix://host/x", "is not for HTTP")]
    [InlineData("http:opaque", "is not for HTTP")]
    [InlineData("http:///p", "has no host")]
    [InlineData("http://:80/p", "has no host")]
    [InlineData("http:/p", "has no host")]
    public void An_address_without_an_http_target_says_why(string text, string reason) =>
        Assert.Equal(new AcommError.AddressUnusable(Parsed(text), reason), Parsed(text).HttpTarget.Left());

    [Theory]
    [InlineData("http://h/stream?token=secret", "http://h/stream")]
    [InlineData("http://h/stream?", "http://h/stream")]
    [InlineData("http://h/stream#secret", "http://h/stream")]
    [InlineData("http://h/stream?a#a%2Fb", "http://h/stream")]
    [InlineData("http://me:secret@h/", "http://@h/")]
    [InlineData("unix:///tmp/x.sock", "unix:///tmp/x.sock")]
    public void What_is_shown_has_neither_query_nor_fragment(string text, string shown) => Assert.Equal(shown, Parsed(text).Shown);

    [Fact]
    public void What_is_shown_is_fit_for_a_log() =>
        Assert.Equal(Shown.LimitChars + 1, Parsed("http://h/" + new string('a', 1000)).Shown.Length);

    [Theory]
    [InlineData("http://h/s", "http://h/s?addr=unix%3A%2F%2F%2Ftmp%2Fa%20b%26c%3D%C3%A9")]
    [InlineData("http://h/s?", "http://h/s?addr=unix%3A%2F%2F%2Ftmp%2Fa%20b%26c%3D%C3%A9")]
    [InlineData("http://h/s?a=b", "http://h/s?a=b&addr=unix%3A%2F%2F%2Ftmp%2Fa%20b%26c%3D%C3%A9")]
    public void A_query_parameter_is_put_behind_the_others_with_its_value_encoded(string text, string longer)
    {
        var address = Parsed(text).WithQuery("addr", "unix:///tmp/a b&c=é");
        Assert.Equal(longer, address.ToString());
        Assert.False(address.ForceQuery);
    }

    [Theory]
    [InlineData("http://h", "http://h/proxy")]
    [InlineData("http://h/", "http://h/proxy")]
    [InlineData("http://h/a/?q", "http://h/a/proxy")]
    [InlineData("http://h/a?", "http://h/a/proxy")]
    [InlineData("http://h/a%2Fb", "http://h/a%2Fb/proxy")]
    [InlineData("http://h/a%2Fb/", "http://h/a%2Fb/proxy")]
    public void A_segment_is_put_behind_the_path(string text, string longer) => Assert.Equal(longer, Parsed(text).Append("proxy").ToString());

    [Fact]
    public void The_scheme_is_told_in_lower_case()
    {
        Assert.Equal(["unix", "http", "https"], new[] { "UNIX:/x", "Http://h", "HTTPS://h" }.Select(t => Parsed(t).SchemeText));
        Assert.Equal([Scheme.Unix, Scheme.Http, Scheme.Https], new[] { "unix:/x", "http://h", "https://h" }.Select(t => Parsed(t).Scheme));
    }

    private static Address Parsed(string text) => Address.Parse(text).Right();
}
