using Acomm.Domain;
using Acomm.Properties.Generators;
using LanguageExt;
using Xunit;
using static LanguageExt.Prelude;

namespace Acomm.Properties.Sockets;

/// <summary>Who may use a socket is decided by what the system says of a peer.</summary>
public sealed class SocketAccessTests
{
    private static readonly PeerIdentity[] WithoutUser = [PeerIdentity.Local, new PeerIdentity.HttpAddress(TrackerWords.Peer)];

    [Prop]
    public void Without_a_list_everybody_is_served_who_can_open_the_socket(uint user, uint group, int process)
    {
        foreach (var peer in WithoutUser.Append(new PeerIdentity.UnixProcess(user, group, process)))
            Assert.Equal(peer, SocketAccess.Default.Check(peer).Right());
    }

    [Prop]
    public void With_a_list_only_its_users_are_served_whatever_their_group_and_process(uint[] allowed, uint user, uint group, int process)
    {
        var access = new SocketAccess { AllowedUsers = Some(toSeq(allowed).Strict()) };
        foreach (var candidate in allowed.Append(user))
        {
            var peer = new PeerIdentity.UnixProcess(candidate, group, process);
            Assert.Equal(allowed.Contains(candidate), access.Check(peer).IsRight);
        }
    }

    [Prop]
    public void Who_is_refused_is_named_in_the_error(uint user, uint group, int process)
    {
        var peer = new PeerIdentity.UnixProcess(user, group, process);
        var error = new SocketAccess { AllowedUsers = Some(Seq1(user + 1)) }.Check(peer).Left();
        Assert.Equal(new AcommError.PeerForbidden(peer), error);
        Assert.Contains($"user {user} ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void With_a_list_nobody_is_served_of_whom_the_system_tells_no_user()
    {
        var access = new SocketAccess { AllowedUsers = Some(Seq1(0u)) };
        Assert.All(WithoutUser, peer => Assert.IsType<AcommError.PeerForbidden>(access.Check(peer).Left()));
    }

    [Fact]
    public void Modes_leave_nothing_to_others_and_a_group_cannot_replace_a_socket()
    {
        var grouped = new SocketAccess { Group = 7 };
        Assert.Equal((Mode("600"), Mode("700")), (SocketAccess.Default.SocketMode, SocketAccess.Default.DirectoryMode));
        Assert.Equal((Mode("660"), Mode("750")), (grouped.SocketMode, grouped.DirectoryMode));
    }

    [Fact]
    public void An_arrival_says_who_brought_it()
    {
        var process = new PeerIdentity.UnixProcess(1, 2, 3);
        Assert.Equal(process, new Arrival.OnSocket(process).Peer);
        Assert.Equal(PeerIdentity.Local, Arrival.Socket.Peer);
        Assert.Equal(new PeerIdentity.HttpAddress(TrackerWords.Peer), new Arrival.OverHttp(TrackerWords.Peer).Peer);
    }

    [Fact]
    public void A_peer_is_shown_by_what_an_operator_looks_for()
    {
        Assert.Equal("user 1 (process 3)", new PeerIdentity.UnixProcess(1, 2, 3).ToString());
        Assert.Equal("a process of this host", PeerIdentity.Local.ToString());
        Assert.Equal(TrackerWords.Peer.ToString(), new PeerIdentity.HttpAddress(TrackerWords.Peer).ToString());
    }

    private static int Mode(string octal) => Convert.ToInt32(octal, 8);
}
