using Acomm.Domain;
using LanguageExt;
using Xunit;
using static LanguageExt.Prelude;

namespace Acomm.Properties.Sockets;

/// <summary>Nothing is removed but a dead socket, and nobody's but our own.</summary>
public sealed class TakeOverTests
{
    private const string Path = "/run/x/the.sock";
    private static readonly FileId Id = new(1, 2);

    [Fact]
    public void Where_nothing_is_the_socket_is_bound() => Assert.IsType<TakeOver.Bind>(TakeOver.Decide(Path, None));

    [Theory]
    [InlineData(FileKind.Directory)]
    [InlineData(FileKind.SymbolicLink)]
    [InlineData(FileKind.Other)]
    public void What_is_no_socket_is_left_alone(FileKind kind)
    {
        var refused = Assert.IsType<TakeOver.Refuse>(TakeOver.Decide(Path, File(kind)));
        var error = Assert.IsType<AcommError.ListenFailed>(refused.Error);
        Assert.Equal(Path, error.Path);
        Assert.Contains("no socket", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_socket_is_asked_first() => Assert.IsType<TakeOver.Probe>(TakeOver.Decide(Path, File(FileKind.Socket)));

    [Theory]
    [InlineData(ConnectOutcome.NoSuchSocket)]
    [InlineData(ConnectOutcome.NobodyListens)]
    public void A_socket_that_nobody_listens_on_is_replaced(ConnectOutcome probed) =>
        Assert.IsType<TakeOver.Replace>(TakeOver.Decide(Path, probed));

    [Theory]
    [InlineData(ConnectOutcome.Connected)]
    [InlineData(ConnectOutcome.QueueFull)]
    [InlineData(ConnectOutcome.Failed)]
    public void A_socket_whose_owner_may_be_alive_is_in_use(ConnectOutcome probed) => Assert.Equal(
        new TakeOver.Refuse(new AcommError.AddressInUse(Path)), TakeOver.Decide(Path, probed));

    [Prop]
    public void A_stop_removes_the_file_that_was_bound_and_no_other(ulong device, ulong inode, uint owner, int mode)
    {
        var file = new FileStatus(FileKind.Socket, owner, mode, new FileId(device, inode));
        Assert.True(TakeOver.IsOurs(file.Id, file));
        Assert.False(TakeOver.IsOurs(file.Id with { Inode = inode + 1 }, file));
        Assert.False(TakeOver.IsOurs(file.Id with { Device = device + 1 }, file));
        Assert.False(TakeOver.IsOurs(file.Id, None));
    }

    [Prop]
    public void What_a_predecessor_left_is_a_socket_of_the_same_user(uint user)
    {
        foreach (var kind in Enum.GetValues<FileKind>())
            Assert.Equal(kind == FileKind.Socket, TakeOver.IsLeftover(new FileStatus(kind, user, 0, Id), user));
        Assert.False(TakeOver.IsLeftover(new FileStatus(FileKind.Socket, user + 1, 0, Id), user));
        Assert.False(TakeOver.IsLeftover(None, user));
    }

    [Theory]
    [InlineData(ConnectOutcome.QueueFull, "PeerOverloaded")]
    [InlineData(ConnectOutcome.NoSuchSocket, "PeerUnreachable")]
    [InlineData(ConnectOutcome.NobodyListens, "PeerUnreachable")]
    [InlineData(ConnectOutcome.Failed, "PeerUnreachable")]
    public void Without_a_connection_nothing_was_sent(ConnectOutcome outcome, string name)
    {
        var error = outcome.ErrorAt(Address.Unix(Path).Right(), "no permission");
        Assert.Equal((name, Delivery.NotSent), (error.Name, error.Delivery));
        Assert.Equal(outcome == ConnectOutcome.Failed, error.Message.Contains("no permission", StringComparison.Ordinal));
    }

    [Fact]
    public void Whoever_cannot_connect_is_told_why() => Assert.Distinct(
        new[] { ConnectOutcome.NoSuchSocket, ConnectOutcome.NobodyListens, ConnectOutcome.Failed }
            .Select(outcome => outcome.ErrorAt(Address.Unix(Path).Right(), "").Message));

    private static Option<FileStatus> File(FileKind kind) => new FileStatus(kind, 0, 0, Id);
}
