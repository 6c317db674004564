using Acomm.Domain;
using Xunit;

namespace Acomm.Properties.Codec;

/// <summary>What can be told of a host before anything is connected to, and what of it is shown.</summary>
public sealed class HostProblemTests
{
    [Theory]
    [InlineData("h")]
    [InlineData("a-b.example_c.com.")]
    [InlineData("127.0.0.1:65535")]
    [InlineData("[::1]:80")]
    [InlineData("h:")]
    [InlineData("bücher.example")]
    public void A_host_that_may_be_there(string host) => Assert.True(HostName.Problem(host).IsNone);

    [Theory]
    [InlineData("", "has no host")]
    [InlineData(":80", "has no host")]
    [InlineData("h:65536", "has a port above 65535")]
    [InlineData("[zz]:80", "has a host in brackets that is no IPv6 address")]
    [InlineData("[[::1]:80", "has a host in brackets that is no IPv6 address")]
    [InlineData("[127.0.0.1]:80", "has a host in brackets that is no IPv6 address")]
    [InlineData("..", "has a host that is no name")]
    [InlineData("a..b", "has a host that is no name")]
    [InlineData("a<b", "has a host that is no name")]
    [InlineData("127\u30020\u30020\u30021", "has a host that is no name")]
    [InlineData("a.b..", "has a host that is no name")]
    [InlineData("a.-b", "has a host that is no name")]
    [InlineData("a-.b", "has a host that is no name")]
    [InlineData("a\uff0eb", "has a host that is no name")]
    [InlineData("a\uff61b", "has a host that is no name")]
    public void A_host_that_cannot_be_there(string host, string problem) => Assert.Equal(problem, HostName.Problem(host));

    [Fact]
    public void A_name_may_have_253_characters_and_a_label_63()
    {
        Assert.True(HostName.Problem(new string('a', 63) + ".b").IsNone);
        Assert.Equal("has a host that is no name", HostName.Problem(new string('a', 64) + ".b"));
        var longest = string.Concat(Enumerable.Repeat("a23456789.", 25)) + "123";
        Assert.Equal((253, true), (longest.Length, HostName.Problem(longest + ".:80").IsNone));
        Assert.Equal("has a host that is no name", HostName.Problem(longest + "4"));
    }

    [Theory]
    [InlineData("localhost:80", "127.0.0.1:80", true)]
    [InlineData("LOCALHOST.:80", "[::1]:80", true)]
    [InlineData("localhost:80", "127.0.0.1:81", false)]
    [InlineData("h:80", "h:80", false)]
    [InlineData("h:80", "localhost:80", false)]
    [InlineData("", "localhost", false)]
    [InlineData("localhost", "", false)]
    public void All_names_of_this_machine_are_one(string host, string other, bool same)
    {
        Assert.Equal(same, HostName.IsSameLocal(host, other));
        Assert.Equal(same, HostName.IsSameLocal(other, host));
    }

    [Theory]
    [InlineData("http://h/p?token=secret x", "http://h/p")]
    [InlineData("http://h/p#secret x", "http://h/p")]
    [InlineData("http://me:secret@h/p q", "http:…@h/p q")]
    [InlineData("me:secret@h", "me:…@h")]
    [InlineData("nothing to hide", "nothing to hide")]
    public void What_may_be_a_secret_in_text_that_is_no_address_is_not_shown(string text, string shown)
    {
        Assert.Equal(shown, Shown.AddressText(text));
        Assert.Equal($"address '{shown}' is odd", new AcommError.AddressMalformed(text, "is odd").Message);
        Assert.Equal("is odd", new AcommError.AddressMalformed("", "is odd").Message);
    }
}
