using Acomm.Domain;
using Acomm.Properties.Generators;
using FsCheck.Xunit;
using Xunit;
using static LanguageExt.Prelude;

namespace Acomm.Properties.Routing;

/// <summary>Where this node connects on the word of somebody else.</summary>
[Props(typeof(TrackerRequests), 300)]
public class OutsidePolicyTests
{
    [Property]
    public void By_default_a_caller_names_his_own_machine_only(IpAddress caller, IpAddress connected) =>
        Assert.Equal(
            connected == caller || (connected.IsLoopback && caller.IsLoopback),
            OutsidePolicy.Default.Allows(caller, "a.example", connected));

    [Property]
    public void A_wider_policy_allows_more_and_never_less(OutsidePolicy policy, IpAddress caller, IpAddress connected) =>
        Assert.True(policy.Allows(caller, "x.example", connected) || !OutsidePolicy.Default.Allows(caller, "x.example", connected));

    [Property]
    public void An_allowed_network_may_be_named_by_anybody(OutsidePolicy policy, IpAddress connected) =>
        Assert.Equal(
            policy.AllowedNetworks.Exists(n => n.Contains(connected)),
            policy.Allows(Ip("198.51.100.1"), "x.example", connected));

    [Theory]
    [InlineData("a.example", true)]
    [InlineData("A.EXAMPLE", true)]
    [InlineData("b.example", false)]
    [InlineData("a.example.evil", false)]
    [InlineData("", false)]
    public void An_allowed_host_may_be_named_by_anybody_whatever_its_case(string host, bool allowed) =>
        Assert.Equal(allowed, new OutsidePolicy { AllowedHosts = Seq1("a.Example") }.Allows(Ip("198.51.100.1"), host, Ip("10.0.0.1")));

    [Theory]
    [InlineData("10.0.0.0/8", "10.255.0.1", true)]
    [InlineData("10.0.0.0/8", "11.0.0.0", false)]
    [InlineData("10.1.2.3/8", "10.9.9.9", true)]
    [InlineData("10.0.0.0/9", "10.128.0.0", false)]
    [InlineData("10.1.2.3", "10.1.2.3", true)]
    [InlineData("10.1.2.3", "10.1.2.2", false)]
    [InlineData("10.1.2.3/32", "10.1.2.2", false)]
    [InlineData("0.0.0.0/0", "203.0.113.1", true)]
    [InlineData("0.0.0.0/0", "2001:db8::1", false)]
    [InlineData("10.0.0.0/8", "::ffff:10.0.0.1", true)]
    [InlineData("2001:db8::/32", "2001:db8:ffff::1", true)]
    [InlineData("2001:db8::/32", "2001:db9::", false)]
    [InlineData("::/0", "2001:db9::", true)]
    [InlineData("fd00::1/128", "fd00::2", false)]
    [InlineData("fd00::1", "fd00::2", false)]
    public void A_network_contains_what_begins_as_it_does(string network, string ip, bool contained) =>
        Assert.Equal(contained, TrackerWords.Parsed(IpNetwork.Parse(network)).Contains(Ip(ip)));

    [Theory]
    [InlineData("")]
    [InlineData("/8")]
    [InlineData("a.example/8")]
    [InlineData("10.0.0.0/")]
    [InlineData("10.0.0.0/x")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/2147483647")]
    [InlineData("10.0.0.0/4294967304")]
    [InlineData("10.0.0.0/8/8")]
    [InlineData("10.0.0.0/+8")]
    [InlineData("10.0.0.0/ 8")]
    [InlineData("fd00::/129")]
    [InlineData("fd00::/2147483647")]
    [InlineData("10.0.0/8")]
    public void What_is_no_network_is_refused_with_its_text(string text)
    {
        var error = Assert.IsType<AcommError.ValueInvalid>(IpNetwork.Parse(text).LeftToList().Single());
        Assert.Equal(("network", $"'{text}' is no IP address or range"), (error.Thing, error.Problem));
    }

    [Property]
    public void A_network_that_was_not_read_contains_nothing(IpAddress ip) => Assert.False(default(IpNetwork).Contains(ip));

    [Property]
    public void What_a_user_of_this_node_names_may_lead_anywhere(OutsidePolicy policy, Address address, IpAddress connected)
    {
        var reach = Arrival.Socket.Reach(policy);
        Assert.Equal(address, reach.Check(address));
        Assert.Equal(Seq1(HostName.At(address, connected)), reach.Targets(address, Seq1(connected)));
    }

    [Property]
    public void What_somebody_outside_names_is_http_and_where_the_policy_lets_him(OutsidePolicy policy, IpAddress caller, Address address, IpAddress connected)
    {
        var reach = new Arrival.OverHttp(caller).Reach(policy);
        Assert.Equal(policy.Allows(caller, address.Host, connected), reach.Targets(address, Seq1(connected)).IsRight);
        var named = HostName.Ip(address.Host);
        var wanted = address.IsUnix ? "from outside only http and https addresses are taken"
            : named.Exists(ip => !policy.Allows(caller, address.Host, ip)) ? "it leads to a machine that the sender may not name"
            : null;
        Assert.Equal(
            wanted is null ? address : Left<AcommError, Address>(new AcommError.AddressForbidden(address, wanted)),
            reach.Check(address));
    }

    [Property]
    public void A_name_is_connected_to_at_its_addresses_that_are_allowed_and_at_nothing_else(
        OutsidePolicy policy, IpAddress caller, Address address, IpAddress[] resolved)
    {
        var allowed = resolved.Where(ip => policy.Allows(caller, address.Host, ip)).ToSeq();
        var targets = new Arrival.OverHttp(caller).Reach(policy).Targets(address, resolved.ToSeq());

        Assert.Equal(allowed.IsEmpty, targets.IsLeft);
        foreach (var (target, ip) in targets.IfLeft(Seq<Address>()).Zip(allowed))
        {
            Assert.Equal(Some(ip), HostName.Ip(target.Host));
            Assert.Equal(HostName.Split(address.Host).Port, HostName.Split(target.Host).Port);
            Assert.Equal((address.Scheme, address.Path, address.RawQuery), (target.Scheme, target.Path, target.RawQuery));
        }

        Assert.Equal(allowed.Count, targets.IfLeft(Seq<Address>()).Count);
        targets.IfLeft(error => Assert.Equal(
            new AcommError.AddressForbidden(address, "it leads to a machine that the sender may not name"), error));
    }

    // A name that led to an allowed machine when it was checked, and to another one when it was connected to.
    [Property]
    public void Where_a_name_leads_the_next_time_changes_nothing(IpAddress caller, IpAddress later)
    {
        var reach = new Reach.Outside(caller, OutsidePolicy.Default);
        var named = TrackerWords.Parsed(Address.Parse("http://rebound.example:81/hook?x=1"));
        var target = reach.Targets(named, Seq1(caller)).Map(all => all[0]).IfLeft(named);

        Assert.Equal(target, reach.Check(target));
        Assert.Equal(Some(caller), HostName.Ip(target.Host));
        Assert.Equal(OutsidePolicy.Default.Allows(caller, named.Host, later), reach.Targets(named, Seq1(later)).IsRight);
    }

    [Theory]
    [InlineData("http://a.example/x", "10.0.0.1", "http://10.0.0.1/x")]
    [InlineData("https://a.example:8443/x?y=1", "10.0.0.1", "https://10.0.0.1:8443/x?y=1")]
    [InlineData("http://a.example:81/x", "fd00::1", "http://[fd00:0:0:0:0:0:0:1]:81/x")]
    [InlineData("http://a.example/", "::ffff:10.0.0.1", "http://10.0.0.1/")]
    [InlineData("http://[fd00::2]:81/", "fd00::1", "http://[fd00:0:0:0:0:0:0:1]:81/")]
    public void An_address_at_an_ip_address_differs_in_its_host_only(string named, string ip, string at) =>
        Assert.Equal(at, HostName.At(TrackerWords.Parsed(Address.Parse(named)), Ip(ip)).ToString());

    private static IpAddress Ip(string text) => IpAddress.Parse(text).IfNone(() => throw new InvalidOperationException(text));
}
