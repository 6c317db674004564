using Acomm.Domain;
using Xunit;
using static LanguageExt.Prelude;

namespace Acomm.Properties.Codec;

/// <summary>Where a node may connect on the word of somebody outside.</summary>
public sealed class OutsidePolicyTests
{
    private static readonly OutsidePolicy WithLists = new()
    {
        AllowedNetworks = Seq1(IpNetwork.Parse("10.0.0.0/8").Right()),
        AllowedHosts = Seq1("peer.example"),
    };

    [Theory]
    [InlineData("10.0.0.0/8", "10.255.1.2", true)]
    [InlineData("10.0.0.0/8", "11.0.0.0", false)]
    [InlineData("10.1.2.3/8", "10.9.9.9", true)]
    [InlineData("10.0.0.0/8", "::ffff:10.1.1.1", true)]
    [InlineData("10.0.0.0/8", "a00::1", false)]
    [InlineData("0.0.0.0/0", "203.0.113.9", true)]
    [InlineData("0.0.0.0/0", "2001:db8::1", false)]
    [InlineData("10.0.0.1", "10.0.0.1", true)]
    [InlineData("10.0.0.1", "10.0.0.2", false)]
    [InlineData("10.0.0.0/32", "10.0.0.1", false)]
    [InlineData("2001:db8::/32", "2001:db8:ffff::1", true)]
    [InlineData("2001:db8::/32", "2001:db9::1", false)]
    [InlineData("2001:db8::1", "2001:db8::1", true)]
    [InlineData("2001:db8::1", "2001:db8::2", false)]
    [InlineData("::/0", "2001:db8::1", true)]
    [InlineData("2001:db8::/128", "2001:db8::1", false)]
    public void A_network_contains_what_begins_like_it(string network, string ip, bool contained) =>
        Assert.Equal(contained, IpNetwork.Parse(network).Right().Contains(Ip(ip)));

    [Theory]
    [InlineData("")]
    [InlineData("10.0.0.0/")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("10.0.0.0/x")]
    [InlineData("10.0.0/8")]
    [InlineData("::/129")]
    [InlineData("::/-1")]
    [InlineData("/8")]
    [InlineData("peer.example")]
    public void What_is_no_network_is_refused_by_its_text(string text) =>
        Assert.Equal(new AcommError.ValueInvalid("network", $"'{text}' is no IP address or range"), IpNetwork.Parse(text).Left());

    [Theory]
    [InlineData("203.0.113.9", "h", "203.0.113.9", true)]
    [InlineData("203.0.113.9", "h", "::ffff:203.0.113.9", true)]
    [InlineData("203.0.113.9", "h", "203.0.113.10", false)]
    [InlineData("203.0.113.9", "h", "127.0.0.1", false)]
    [InlineData("203.0.113.9", "h", "::1", false)]
    [InlineData("127.0.0.1", "h", "::1", true)]
    [InlineData("127.0.0.1", "h", "127.0.0.2", true)]
    [InlineData("127.0.0.1", "h", "10.0.0.1", false)]
    [InlineData("203.0.113.9", "peer.example", "203.0.113.10", false)]
    public void By_default_only_the_callers_own_machine_may_be_named(string caller, string host, string connected, bool allowed) =>
        Assert.Equal(allowed, OutsidePolicy.Default.Allows(Ip(caller), host, Ip(connected)));

    [Theory]
    [InlineData("h", "10.1.1.1", true)]
    [InlineData("h", "11.1.1.1", false)]
    [InlineData("peer.example", "192.0.2.1", true)]
    [InlineData("PEER.Example", "192.0.2.1", true)]
    [InlineData("xpeer.example", "192.0.2.1", false)]
    [InlineData("h", "203.0.113.9", true)]
    public void Lists_allow_more(string host, string connected, bool allowed)
    {
        Assert.Equal(allowed, WithLists.Allows(Ip("203.0.113.9"), host, Ip(connected)));
        Assert.Equal(allowed, new Reach.Outside(Ip("203.0.113.9"), WithLists).Allows(host, Ip(connected)));
    }

    [Prop]
    public void A_user_of_the_node_may_name_anything(Address address)
    {
        Assert.Equal(address, Reach.Anywhere.Check(address).Right());
        Assert.True(Reach.Anywhere.Allows(address.Host, Ip("192.0.2.1")));
    }

    [Prop]
    public void From_outside_no_unix_socket_may_be_named(Address address)
    {
        var checkedAddress = new Reach.Outside(Ip("127.0.0.1"), WithLists).Check(address);
        if (address.IsUnix)
            Assert.Equal(new AcommError.AddressForbidden(address, "from outside only http and https addresses are taken"), checkedAddress.Left());
        else
            Assert.Equal(address, checkedAddress.Right());
    }

    private static IpAddress Ip(string text) => IpAddress.Parse(text).IfNone(() => throw new ArgumentException(text));
}
