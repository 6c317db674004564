using System.Net.Sockets;
using Acomm.Domain;
using Acomm.Effects;

namespace Acomm.AdapterTests.Listening;

/// <summary>Peers that hold a place and send nothing, or next to nothing, do not keep others waiting.</summary>
public sealed class SlowPeerTests
{
    private static readonly TimeSpan NeverInTime = TimeSpan.FromMinutes(10);

    [Theory]
    [InlineData(1, 1_024)]
    [InlineData(64, 1_024)]
    [InlineData(4, 4)]
    public async Task Silent_peers_that_hold_every_place_are_cut_for_others(int places, int connections)
    {
        await using var node = await TestNode.WithLimitsAsync(
            l => l with { FrameRead = NeverInTime, ConnectionsUnframed = places, Connections = connections }, TestTasks.Echo);
        var silent = new List<Socket>();
        for (var i = 0; i < places; i++)
            silent.Add(await GoWire.DialAsync(node.SocketPath));
        await using var caller = await TestNode.StartAsync();

        Assert.Equal("served", await caller.Acomm.CallAsync<string, string>(node.Unix, "echo", "served").Ok());

        await using var oldest = new NetworkStream(silent[0]);
        Assert.Equal("ConnectionLimit", (string?)(await GoWire.ReadAsync(oldest))["code"]);
        Assert.IsType<AcommError.ConnectionLimit>((await node.Events.First<NodeEvent.DocumentRefused>()).Error);
        silent.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public async Task A_peer_that_drips_a_frame_is_cut_for_others_as_well()
    {
        await using var node = await TestNode.WithLimitsAsync(l => l with { FrameRead = NeverInTime, ConnectionsUnframed = 1 }, TestTasks.Echo);
        using var slow = await GoWire.DialAsync(node.SocketPath);
        await slow.SendAsync(GoWire.Framed(GoWire.CeranaRequest("slow", "echo", null)).AsMemory(0, 9));
        await using var caller = await TestNode.StartAsync();

        Assert.Equal("served", await caller.Acomm.CallAsync<string, string>(node.Unix, "echo", "served").Ok());
    }

    [Fact]
    public async Task Many_quick_peers_at_once_are_all_served_though_there_are_few_places()
    {
        await using var node = await TestNode.WithLimitsAsync(l => l with { ConnectionsUnframed = 2, Connections = 4 }, TestTasks.Echo);
        await using var caller = await TestNode.StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => caller.Acomm.CallAsync<int, int>(node.Unix, "echo", i))).Within();

        Assert.Equal(Enumerable.Range(0, 50), answers.Select(answer => answer.Ok()));
    }

    [Fact]
    public async Task One_byte_after_the_other_does_not_extend_the_time_for_a_frame()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        await using var node = await TestNode.StartAsync(time: time);
        using var slow = await GoWire.DialAsync(node.SocketPath);
        await using var stream = new NetworkStream(slow);
        var frame = GoWire.Framed(GoWire.CeranaRequest("slow", "echo", null, new string('x', 2_000)));

        var ack = GoWire.ReadAsync(stream);
        for (var sent = 0; !ack.IsCompleted; sent++)
        {
            Assert.True(sent < frame.Length, "the whole frame was read, at one byte a second");
            try
            {
                await slow.SendAsync(frame.AsMemory(sent, 1));
            }
            catch (SocketException)
            {
                // It was refused a moment ago; the acknowledgement lies ready.
                break;
            }

            // Let it be accepted and read before the next second.
            await Task.WhenAny(ack, Task.Delay(20));
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal("FrameTimeout", (string?)(await ack)["code"]);
    }
}
