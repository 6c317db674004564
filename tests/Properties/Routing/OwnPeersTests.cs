using Acomm.Domain;
using Acomm.Properties.Generators;
using Xunit;

namespace Acomm.Properties.Routing;

/// <summary>Who counts as one of our own over HTTP: nobody outside decides that, and it costs a bounded amount of memory.</summary>
[Props(typeof(Messages), 200)]
public class OwnPeersTests
{
    private static readonly Reach Outside = new Reach.Outside(TrackerWords.Peer, OutsidePolicy.Default);

    [Prop]
    public void A_peer_is_known_by_the_last_that_it_said_whatever_the_query(Address peer, bool first, bool last) => Assert.Equal(
        last,
        OwnPeers.None.Heard(peer, Reach.Anywhere, first).Heard(peer.WithQuery("token", "t"), Reach.Anywhere, last).Contains(peer.WithQuery("a", "b")));

    [Prop]
    public void Another_one_changes_nothing_for_it(Address peer, Address other, bool isOwn, bool isOtherOwn)
    {
        if (peer.WithoutQuery != other.WithoutQuery)
            Assert.Equal(isOwn, OwnPeers.None.Heard(peer, Reach.Anywhere, isOwn).Heard(other, Reach.Anywhere, isOtherOwn).Contains(peer));
    }

    [Prop]
    public void What_somebody_outside_has_named_is_neither_learned_nor_forgotten(Address peer, bool isOwn, bool isSaid)
    {
        var known = OwnPeers.None.Heard(peer, Reach.Anywhere, isOwn);
        Assert.Equal(isOwn, known.Heard(peer, Outside, isSaid).Contains(peer));
    }

    [Fact]
    public void When_there_are_too_many_the_others_are_forgotten_and_learned_again()
    {
        var full = Enumerable.Range(0, OwnPeers.Most).Aggregate(OwnPeers.None, (known, n) => known.Heard(At(n), Reach.Anywhere, true));
        Assert.True(full.Contains(At(0)) && full.Contains(At(OwnPeers.Most - 1)));

        var next = full.Heard(At(OwnPeers.Most), Reach.Anywhere, true);

        Assert.True(next.Contains(At(OwnPeers.Most)));
        Assert.False(next.Contains(At(0)));
        Assert.True(next.Heard(At(0), Reach.Anywhere, true).Contains(At(0)));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void An_address_that_is_too_long_is_not_remembered(int more, bool isKnown)
    {
        const string Start = "http://10.0.0.7/";
        var peer = TrackerWords.Parsed(Address.Parse(Start + new string('x', OwnPeers.LongestAddress - Start.Length + more)));
        Assert.Equal(isKnown, OwnPeers.None.Heard(peer, Reach.Anywhere, true).Contains(peer));
    }

    private static Address At(int n) => TrackerWords.Parsed(Address.Parse($"http://10.0.0.7:{n + 1}/"));
}
