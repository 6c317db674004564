using Acomm.Domain;
using Xunit;

namespace Acomm.Properties.Codec;

/// <summary>URLs as objects of their parts, whatever the Go release that wrote them.</summary>
public sealed class GoUrlObjectTests
{
    private static readonly GoUrl Everything = new("https", "example.com:8443", "/a/b c")
    {
        HasUser = true,
        RawPath = "/a%2Fb%20c",
        ForceQuery = true,
        RawQuery = "x=%20&y=<",
        Fragment = "a/b",
        RawFragment = "a%2Fb",
    };

    [Fact]
    public void Every_part_is_kept_as_it_was_sent()
    {
        var read = Read.Url(Everything.Json).Right();
        Assert.Equal(Scheme.Https, read.Scheme);
        Assert.Equal("", read.Opaque);
        Assert.True(read.HasUser);
        Assert.Equal("example.com:8443", read.Host);
        Assert.Equal("/a/b c", read.Path);
        Assert.Equal("/a%2Fb%20c", read.RawPath);
        Assert.False(read.OmitHost);
        Assert.True(read.ForceQuery);
        Assert.Equal("x=%20&y=<", read.RawQuery);
        Assert.Equal("a/b", read.Fragment);
        Assert.Equal("a%2Fb", read.RawFragment);
    }

    [Fact]
    public void Parts_that_an_older_release_does_not_write_are_empty()
    {
        Assert.Equal(Read.Url((Everything with { RawFragment = "" }).Json).Right(), Read.Url(Everything.JsonOfGo114).Right());
        Assert.Equal(
            Read.Url((Everything with { RawPath = "", ForceQuery = false, RawFragment = "" }).Json).Right(),
            Read.Url(Everything.JsonOfGo14).Right());
    }

    [Fact]
    public void The_smallest_form_is_scheme_and_path() =>
        Assert.Equal(Address.Unix("/tmp/x.sock").Right(), Read.Url("""{"Scheme":"unix","Path":"/tmp/x.sock"}""").Right());

    [Theory]
    [InlineData("""{"SCHEME":"unix","path":"/tmp/x.sock"}""")]
    [InlineData("""{"pAtH":"/tmp/x.sock","scheme":"UNIX"}""")]
    [InlineData("""{"Path":"/tmp/x.sock","Scheme":"unix","Host":null,"User":null,"OmitHost":null,"RawQuery":null}""")]
    [InlineData("""{"Scheme":"unix","Path":"/tmp/x.sock","Newer":{"deep":[[[[1]]]]},"more":1e999}""")]
    [InlineData("""{"Scheme":"unix","Path":"\u002ftmp\/x.sock"}""")]
    public void Order_case_nulls_and_unknown_parts_do_not_matter(string json) =>
        Assert.Equal(Address.Unix("/tmp/x.sock").Right(), Read.Url(json).Right());

    [Theory]
    [InlineData("""{"Scheme":"http","Host":"h","User":{}}""", "http://@h")]
    [InlineData("""{"Scheme":"http","User":{}}""", "http://@")]
    [InlineData("""{"Scheme":"unix","Host":"asdf"}""", "unix://asdf")]
    [InlineData("""{"Scheme":"unix","OmitHost":true,"Path":"/abs.sock"}""", "unix:/abs.sock")]
    [InlineData("""{"Scheme":"unix","Opaque":"rel.sock"}""", "unix:rel.sock")]
    [InlineData("""{"Scheme":"http","Host":"h","Path":"/a/b","RawPath":"/a%2Fb"}""", "http://h/a%2Fb")]
    [InlineData("""{"Scheme":"http","Host":"h","Path":"/a/b","RawPath":"/other"}""", "http://h/a/b")]
    [InlineData("""{"Scheme":"http","Host":"h","Path":"/a\"b","RawPath":"/a\"b"}""", "http://h/a%22b")]
    [InlineData("""{"Scheme":"http","Host":"h","Path":"/%","RawPath":"/%"}""", "http://h/%25")]
    [InlineData("""{"Scheme":"http","Host":"h","Path":"rel"}""", "http://h/rel")]
    [InlineData("""{"Scheme":"http","Host":"h","Path":"/","ForceQuery":true}""", "http://h/?")]
    [InlineData("""{"Scheme":"http","Host":"h","RawQuery":"addr=unix%3A%2F%2F"}""", "http://h?addr=unix%3A%2F%2F")]
    [InlineData("""{"Scheme":"http","Host":"h","Fragment":"a/b","RawFragment":"a%2Fb"}""", "http://h#a%2Fb")]
    [InlineData("""{"Scheme":"http","Host":"h","Fragment":"a b","RawFragment":"other"}""", "http://h#a%20b")]
    [InlineData("""{"Scheme":"http","Host":"[fe80::1%eth0]:80"}""", "http://[fe80::1%25eth0]:80")]
    [InlineData("""{"Scheme":"http","Host":"bücher"}""", "http://b%C3%BCcher")]
    [InlineData("""{"Scheme":"http","OmitHost":true,"Host":"h","Path":"/p"}""", "http://h/p")]
    [InlineData("""{"Scheme":"unix","Path":"*"}""", "unix://*")]
    public void The_text_is_what_gos_string_method_gives(string json, string text) => Assert.Equal(text, Read.Url(json).Right().ToString());

    [Theory]
    [InlineData("unix://asdf")]
    [InlineData("unix:/abs.sock")]
    [InlineData("unix:rel.sock")]
    [InlineData("unix:///tmp/x.sock")]
    [InlineData("http://h/a%2Fb?q=%20#f")]
    public void Text_may_stand_in_place_of_the_object(string text) =>
        Assert.Equal(Address.Parse(text).Right(), Read.Url($"\"{text}\"").Right());

    [Theory]
    [InlineData("5", "streamURL is a number, an object or a string is needed")]
    [InlineData("true", "is a boolean, an object or a string is needed")]
    [InlineData("[]", "is an array, an object or a string is needed")]
    [InlineData("{}", "Scheme scheme '' is not one of")]
    [InlineData("\"\"", "has no scheme")]
    [InlineData("\"\\ud800\"", "has an unpaired surrogate")]
    [InlineData("""{"Scheme":"ftp"}""", "scheme 'ftp' is not one of unix, http, https")]
    [InlineData("""{"Scheme":7}""", "Scheme is a number, a string is needed")]
    [InlineData("""{"Scheme":"unix","Path":["x"]}""", "Path is an array, a string is needed")]
    [InlineData("""{"Scheme":"unix","User":"me"}""", "User is a string, an object is needed")]
    [InlineData("""{"Scheme":"unix","OmitHost":"yes"}""", "OmitHost is a string, a boolean is needed")]
    [InlineData("""{"Scheme":"unix","ForceQuery":0}""", "ForceQuery is a number, a boolean is needed")]
    [InlineData("""{"Scheme":"unix","Path":"\ud800"}""", "Path has an unpaired surrogate")]
    [InlineData("""{"Scheme":"http","Host":"h:port"}""", "has a port that is no number")]
    [InlineData("""{"Scheme":"http","Host":"[::1"}""", "has a host with unbalanced brackets")]
    [InlineData("""{"Scheme":"http","Host":"::1]"}""", "has a host with unbalanced brackets")]
    [InlineData("""{"Scheme":"http","Host":"[::1]x"}""", "has a host with unbalanced brackets")]
    public void What_is_no_url_is_refused_with_its_reason(string json, string reason) =>
        Assert.Contains(reason, Read.Url(json).Left<AcommError.DocumentInvalid, Address>().Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("good.com/@evil")]
    [InlineData("a\\\\b")]
    [InlineData("a?b")]
    [InlineData("a#b")]
    [InlineData("me@h")]
    public void A_host_holds_nothing_that_no_host_may_have(string host) => Assert.Contains(
        "has a character in its host that no host may have",
        Read.Url($$"""{"Scheme":"http","Host":"{{host}}"}""").Left<AcommError.DocumentInvalid, Address>().Message,
        StringComparison.Ordinal);

    // These parts go into an HTTP request line as they are.
    [Theory]
    [InlineData("Opaque")]
    [InlineData("RawPath")]
    [InlineData("Host")]
    [InlineData("RawQuery")]
    [InlineData("RawFragment")]
    public void A_part_that_is_sent_as_it_is_holds_no_control_character(string part)
    {
        foreach (var bad in new[] { "\\r\\n", "\\u0000", " ", "\\u007f", "\\u001f" })
        {
            var json = $$"""{"Scheme":"http","{{part}}":"a{{bad}}b"}""";
            Assert.Contains("has a space or a control character", Read.Url(json).Left().Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_bad_part_is_named_at_once()
    {
        string[] parts = ["Scheme", "Opaque", "User", "Host", "Path", "RawPath", "OmitHost", "ForceQuery", "RawQuery", "Fragment", "RawFragment"];
        var problems = Read.Url($"{{{string.Join(',', parts.Select(part => $"\"{part}\":1"))}}}").Left().Message;
        Assert.All(parts, part => Assert.Contains($"{part} is a number", problems, StringComparison.Ordinal));
    }
}
