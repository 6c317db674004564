using Acomm.Domain;
using Acomm.Effects;

namespace Acomm.AdapterTests.Streams;

public sealed class FlowTests
{
    // What a stream may hold in this process, and what the system's sockets may hold besides: those of TCP grow.
    private const long LimitAheadBytes = (128 << 10) + (1 << 20);
    private const long LimitAheadBytesOverHttp = (256 << 10) + (16 << 20);
    private const long Length = 64 << 20;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_slow_reader_holds_its_source_back(bool overHttp)
    {
        var source = new TestSource(Length);
        await using var node = await TestNode.StartAsync(TestTasks.Give(source.ToSource));
        await using var caller = await TestNode.StartAsync();
        var reply = await caller.Acomm.RequestAsync<string, string>(node.Address(overHttp), "give", "", CallOptions.None).Ok();
        await using var stream = await reply.OpenStreamAsync().Ok();
        var buffer = new byte[256 << 10];

        for (long read = 0; read < Length; read += buffer.Length)
        {
            await stream.ReadExactlyAsync(buffer).AsTask().Within();
            Assert.InRange(source.Produced - read, 0, overHttp ? LimitAheadBytesOverHttp : LimitAheadBytes);
        }

        Assert.Equal(0, await stream.ReadAsync(buffer).Within());
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
        Assert.InRange(source.Produced, 0, LimitAheadBytesOverHttp);
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
}
