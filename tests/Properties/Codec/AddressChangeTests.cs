using Acomm.Domain;
using Xunit;

namespace Acomm.Properties.Codec;

/// <summary>Addresses that are made from others, and which of them lead to the same place.</summary>
public sealed class AddressChangeTests
{
    [Theory]
    [InlineData("http://h/a", "http://h/a/b")]
    [InlineData("http://h/a/?q#f", "http://h/a/b#f")]
    [InlineData("http://h/a%2Fb", "http://h/a%2Fb/b")]
    public void With_a_segment_behind_it_an_address_is_the_one_that_its_text_is_read_as(string text, string longer) =>
        Assert.Equal(Parsed(longer), Parsed(text).Append("b"));

    [Theory]
    [InlineData("http://h/p", "http://h/p/", true)]
    [InlineData("http://H/p", "http://h/p", true)]
    [InlineData("http://h/p", "https://h/p", false)]
    [InlineData("http://h/p", "http://h:81/p", false)]
    [InlineData("http://h/p", "http://g/p", false)]
    [InlineData("http://h/p", "http://h/q", false)]
    [InlineData("unix:x", "unix:y", false)]
    [InlineData("unix:///x", "unix:/x", true)]
    [InlineData("unix:///x", "http://localhost/x", false)]
    public void Addresses_lead_to_the_same_place_if_scheme_host_and_path_do(string one, string other, bool same)
    {
        Assert.Equal(same, Parsed(one).IsSameEndpoint(Parsed(other)));
        Assert.Equal(same, Parsed(other).IsSameEndpoint(Parsed(one)));
    }

    [Theory]
    [InlineData("http://0.0.0.0:80/p", "http://box:80/p")]
    [InlineData("http://[::]:80/p", "http://box:80/p")]
    [InlineData("http://127.0.0.1:80/p", "http://127.0.0.1:80/p")]
    [InlineData("http://h/p", "http://h/p")]
    public void A_listener_on_everything_is_named_by_its_machine(string text, string named) =>
        Assert.Equal(Parsed(named), HostName.ReplaceUnspecified(Parsed(text), "box"));

    [Theory]
    [InlineData("http://%30/", false)]
    [InlineData("http://%37a/", false)]
    [InlineData("http://%7/", false)]
    [InlineData("http://%C3%A9/", true)]
    public void An_encoded_host_must_not_hide_ascii(string text, bool isAddress) => Assert.Equal(isAddress, Address.Parse(text).IsRight);

    private static Address Parsed(string text) => Address.Parse(text).Right();
}
