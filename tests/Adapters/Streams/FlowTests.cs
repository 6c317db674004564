using System.Net.Sockets;
using Acomm.Domain;
using Acomm.Effects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Acomm.AdapterTests.Streams;

public sealed class FlowTests
{
    // The buffers of this process, and twice what the system's sockets are set to.
    private const long LimitAheadBytes = 128 << 10;
    private const int TcpBufferBytes = 16 << 10;
    private const long LimitAheadBytesOverHttp = LimitAheadBytes + (64 << 10) + (2 * 2 * TcpBufferBytes);

    // Where those of TCP are not set, they grow.
    private const long LimitAheadBytesOverFreeTcp = LimitAheadBytesOverHttp + (16 << 20);
    private const long Length = 64 << 20;

    [Fact]
    public async Task A_slow_reader_costs_128_KiB_and_no_more()
    {
        var source = new TestSource(Length);
        await using var node = await TestNode.StartAsync(TestTasks.Give(source.ToSource));
        var reply = await node.Acomm.RequestAsync<string, string>(node.Unix, "give", "", CallOptions.None).Ok();
        await using var stream = await reply.OpenStreamAsync().Ok();

        await AssertAheadAsync(stream, source, LimitAheadBytes);
    }

    [Fact]
    public async Task A_slow_reader_over_http_costs_128_KiB_and_what_the_system_holds()
    {
        var source = new TestSource(Length);
        await using var node = await TestNode.StartAsync(TestTasks.Give(source.ToSource), configure: SmallSendBuffers);
        await using var peer = await GoHttpPeer.StartAsync();
        await GoHttpPeer.PostAsync(node.Http, GoWire.CeranaRequest("1", "give", peer.Hook));
        var url = GoWire.UrlText((await peer.NextAsync())["streamURL"])!;
        using var client = new HttpClient(new SocketsHttpHandler { ConnectCallback = SmallReceiveBufferAsync });

        await using var stream = await client.GetStreamAsync(url).Within();

        await AssertAheadAsync(stream, source, LimitAheadBytesOverHttp);
    }

    [Fact]
    public async Task A_reader_that_stalls_is_cut_after_the_idle_limit()
    {
        var source = new TestSource(Length);
        await using var node = await TestNode.WithLimitsAsync(
            l => l with { StreamIdle = TimeSpan.FromMilliseconds(100) }, TestTasks.Give(source.ToSource));
        await using var caller = await TestNode.StartAsync();
        var reply = await caller.Acomm.RequestAsync<string, string>(node.Unix, "give", "", CallOptions.None).Ok();
        await using var stalled = await reply.OpenStreamAsync().Ok();

        var failed = await node.Events.First<NodeEvent.StreamFailed>();

        Assert.IsType<AcommError.StreamIdle>(failed.Error);
        await source.Disposed;
        Assert.InRange(source.Produced, 0, LimitAheadBytes);
        Assert.Equal(1, source.Disposals);
    }

    [Fact]
    public async Task A_reader_over_http_that_stalls_is_cut_after_the_idle_limit()
    {
        var source = new TestSource(Length);
        await using var node = await TestNode.WithLimitsAsync(
            l => l with { StreamIdle = TimeSpan.FromMilliseconds(100) }, TestTasks.Give(source.ToSource));
        await using var caller = await TestNode.StartAsync();
        var reply = await caller.Acomm.RequestAsync<string, string>(node.Http, "give", "", CallOptions.None).Ok();
        await using var stalled = await reply.OpenStreamAsync().Ok();

        var failed = await node.Events.First<NodeEvent.StreamFailed>();

        Assert.True(failed.Error is AcommError.StreamIdle or AcommError.StreamTorn, failed.Error.ToString());
        await source.Disposed;
        Assert.InRange(source.Produced, 0, LimitAheadBytesOverFreeTcp);
        Assert.Equal(1, source.Disposals);
    }

    [Fact]
    public async Task A_source_that_stalls_is_given_up_by_its_reader_after_the_idle_limit()
    {
        var never = new TaskCompletionSource();
        await using var node = await TestNode.StartAsync(TestTasks.Give(() => StreamSource.From((_, cancel) => never.Task.WaitAsync(cancel))));
        await using var caller = await TestNode.WithLimitsAsync(l => l with { StreamIdle = TimeSpan.FromMilliseconds(100) });
        var reply = await caller.Acomm.RequestAsync<string, string>(node.Unix, "give", "", CallOptions.None).Ok();
        await using var stream = await reply.OpenStreamAsync().Ok();

        var torn = await Assert.ThrowsAsync<StreamTornException>(() => stream.ReadAsync(new byte[1]).Within());

        Assert.IsType<AcommError.StreamIdle>(torn.Error);
    }

    private static async Task AssertAheadAsync(Stream stream, TestSource source, long limitBytes)
    {
        var buffer = new byte[256 << 10];
        for (long read = 0; read < Length; read += buffer.Length)
        {
            await stream.ReadExactlyAsync(buffer).AsTask().Within();
            Assert.InRange(source.Produced - read - buffer.Length, 0, limitBytes);
        }

        Assert.Equal(0, await stream.ReadAsync(buffer).Within());
    }

    private static void SmallSendBuffers(WebApplicationBuilder builder) => builder.WebHost.UseSockets(options => options.CreateBoundListenSocket = at =>
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { SendBufferSize = TcpBufferBytes };
        socket.Bind(at);
        return socket;
    });

    private static async ValueTask<Stream> SmallReceiveBufferAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = TcpBufferBytes };
        await socket.ConnectAsync(context.DnsEndPoint, cancel);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
