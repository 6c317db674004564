using Acomm.Effects;

namespace Acomm.AdapterTests.EndToEnd;

public sealed class StopWithIdlePeersTests
{
    [Fact]
    [Trait("Go", "defect")]
    public async Task An_idle_client_does_not_hold_the_stop_up()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        await using var node = await TestNode.StartAsync(TestTasks.Echo, time: time);
        using var idle = await GoWire.DialAsync(node.SocketPath);

        await node.StopAsync().Within();

        Assert.False(File.Exists(node.SocketPath));
    }

    [Fact]
    [Trait("Go", "defect")]
    public async Task More_idle_clients_than_may_be_unframed_do_not_hold_the_stop_up()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        await using var node = await TestNode.WithLimitsAsync(l => l with { ConnectionsUnframed = 2, Connections = 4 }, time: time);
        var idle = new List<IDisposable>();
        for (var i = 0; i < 5; i++)
            idle.Add(await GoWire.DialAsync(node.SocketPath));

        await node.StopAsync().Within();

        idle.ForEach(socket => socket.Dispose());
    }

    [Fact]
    [Trait("Go", "defect")]
    public async Task A_stalled_stream_reader_does_not_hold_the_stop_up_and_its_source_is_disposed()
    {
        var source = new TestSource(64 << 20);
        await using var node = await TestNode.StartAsync(TestTasks.Give(source.ToSource));
        var reply = await node.Acomm.RequestAsync<string, string>(node.Unix, "give", "", CallOptions.None).Ok();
        await using var stalled = await reply.OpenStreamAsync().Ok();
        await stalled.ReadExactlyAsync(new byte[1]).AsTask().Within();

        await node.StopAsync().Within();

        await source.Disposed;
        Assert.Equal(1, source.Disposals);
    }

    [Fact]
    [Trait("Go", "defect")]
    public async Task A_stopped_node_hands_out_no_streams()
    {
        await using var node = await TestNode.StartAsync(TestTasks.Echo);
        await node.StopAsync().Within();
        var source = new TestSource(10);

        var error = await node.Acomm.RequestAsync<string, string>(
            node.Unix, "echo", "", new CallOptions { Stream = source.ToSource() }).Error();

        Assert.Equal("ShuttingDown", error.Name);
        Assert.Equal(1, source.Disposals);
    }

    [Fact]
    public async Task The_last_answer_of_a_drain_is_acknowledged_before_the_node_is_gone()
    {
        await using var peer = new GoUnixPeer();
        await using var caller = await TestNode.StartAsync();
        var call = caller.Acomm.CallAsync<string, string>(peer.Url, "echo", "");
        var request = await peer.NextAsync();
        var stopped = caller.StopAsync();

        var ack = await GoWire.SendAsync(caller.SocketPath, GoWire.MistifyResponse((string)request["id"]!, "last"));

        Assert.Equal("", (string?)ack["error"]);
        Assert.Equal("last", await call.Ok());
        await stopped.Within();
    }
}
