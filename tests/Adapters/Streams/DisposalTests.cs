using Acomm.Domain;
using Acomm.Effects;
using Microsoft.Extensions.Time.Testing;

namespace Acomm.AdapterTests.Streams;

/// <summary>Whatever becomes of a stream, its source is disposed once and its socket file goes.</summary>
public sealed class DisposalTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_source_that_was_read_is_disposed_once(bool overHttp)
    {
        var source = new TestSource(10_000);
        await using var node = await TestNode.StartAsync(TestTasks.Give(source.ToSource));
        await using var caller = await TestNode.StartAsync();
        var reply = await caller.Acomm.RequestAsync<string, string>(node.Address(overHttp), "give", "", CallOptions.None).Ok();

        await using (var stream = await reply.OpenStreamAsync().Ok())
            await stream.CopyToAsync(Stream.Null).Within();

        await source.Disposed;
        await node.StopAsync().Within();
        Assert.Equal(1, source.Disposals);
    }

    [Fact]
    [Trait("Go", "defect")]
    public async Task A_stream_that_nobody_opens_is_reclaimed_after_its_time()
    {
        var time = new FakeTimeProvider();
        var source = new TestSource(10);
        await using var node = await TestNode.StartAsync(TestTasks.Give(source.ToSource), time: time);
        var reply = await node.Acomm.RequestAsync<string, string>(node.Unix, "give", "", CallOptions.None).Ok();

        time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(0, source.Disposals);
        time.Advance(TimeSpan.FromSeconds(1));

        await source.Disposed;
        Assert.IsType<AcommError.PeerUnreachable>(await reply.OpenStreamAsync().Error());
        Assert.Equal([node.SocketPath], node.Files);
        Assert.Equal(1, source.Disposals);
    }

    [Fact]
    public async Task A_request_stream_that_the_handler_does_not_open_is_reclaimed_when_the_request_is_over()
    {
        var source = new TestSource(10);
        await using var node = await TestNode.StartAsync(TestTasks.Echo);
        await node.Acomm.RequestAsync<string, string>(node.Unix, "echo", "", new CallOptions { Stream = source.ToSource() }).Ok();

        await source.Disposed;
        await Expect.Until(() => node.Files.Length == 1);
        Assert.Equal(1, source.Disposals);
    }

    [Fact]
    public async Task A_reader_that_goes_midway_ends_the_transfer_and_disposes_the_source()
    {
        var source = new TestSource(64 << 20);
        await using var node = await TestNode.StartAsync(TestTasks.Give(source.ToSource));
        var reply = await node.Acomm.RequestAsync<string, string>(node.Unix, "give", "", CallOptions.None).Ok();

        await using (var stream = await reply.OpenStreamAsync().Ok())
            await stream.ReadExactlyAsync(new byte[100]).AsTask().Within();

        await source.Disposed;
        await node.Events.First<NodeEvent.StreamFailed>();
        Assert.Equal(1, source.Disposals);
    }

    [Fact]
    public async Task A_source_of_a_request_that_is_refused_is_disposed_once()
    {
        var source = new TestSource(10);
        await using var node = await TestNode.StartAsync();
        var options = new CallOptions { Stream = source.ToSource() };

        Assert.IsType<AcommError.Rejected>(await node.Acomm.RequestAsync<string, string>(node.Unix, "nobody", "", options).Error());

        await source.Disposed;
        await node.StopAsync().Within();
        Assert.Equal(1, source.Disposals);
    }

    [Fact]
    public async Task A_source_of_a_request_that_cannot_be_addressed_is_disposed_once()
    {
        var source = new TestSource(10);
        await using var node = await TestNode.StartAsync();

        await node.Acomm.RequestAsync<string, string>("nowhere", "echo", "", new CallOptions { Stream = source.ToSource() }).Error();

        Assert.Equal(1, source.Disposals);
    }

    [Fact]
    public async Task A_source_of_an_answer_that_nobody_wants_is_disposed_once()
    {
        var source = new TestSource(10);
        await using var node = await TestNode.StartAsync(TestTasks.Give(source.ToSource));

        await GoWire.SendAsync(node.SocketPath, GoWire.CeranaRequest("unheard", "give", hook: null));

        await source.Disposed;
        await node.StopAsync().Within();
        Assert.Equal(1, source.Disposals);
    }

    [Fact]
    public async Task A_source_of_an_answer_that_its_hook_refuses_is_disposed_at_once()
    {
        var source = new TestSource(10);
        await using var peer = new GoUnixPeer((_, connection) => connection.WriteAsync(GoWire.Framed(GoWire.Ack("not today"))).AsTask());
        await using var node = await TestNode.StartAsync(TestTasks.Give(source.ToSource));

        await GoWire.SendAsync(node.SocketPath, GoWire.MistifyRequest("refused", "give", peer.Url));

        await source.Disposed;
        Assert.Equal(1, source.Disposals);
    }

    [Fact]
    public async Task A_source_that_nobody_opened_is_disposed_when_the_node_stops()
    {
        var source = new TestSource(10);
        await using var node = await TestNode.StartAsync(TestTasks.Give(source.ToSource));
        await node.Acomm.RequestAsync<string, string>(node.Unix, "give", "", CallOptions.None).Ok();

        await node.StopAsync().Within();

        Assert.Equal(1, source.Disposals);
    }
}
