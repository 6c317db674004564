using Acomm.Domain;
using Acomm.Effects;

namespace Acomm.AdapterTests.Processes;

/// <summary>Peers that are killed: the system closes what they had, and nobody says anything.</summary>
public sealed class KilledPeerTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(30)]
    public async Task Of_a_peer_that_is_killed_in_the_middle_of_a_frame_nothing_is_dispatched(int bytes)
    {
        var gate = new Gate();
        await using var node = await TestNode.StartAsync(acomm =>
        {
            gate.AddTo(acomm);
            TestTasks.Echo(acomm);
        });
        await using var peer = ChildProcess.Start("write", node.SocketPath, $"{bytes}");
        Assert.Equal("written", await peer.LineAsync());

        peer.Kill();

        var refused = await node.Events.First<NodeEvent.DocumentRefused>();
        Assert.Equal(bytes, Assert.IsType<AcommError.FrameTruncated>(refused.Error).GotBytes);
        Assert.Equal("goes on", await node.Acomm.CallAsync<string, string>(node.Unix, "echo", "goes on").Ok());
        Assert.False(gate.IsEntered);
    }
}
