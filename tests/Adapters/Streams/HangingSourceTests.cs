using System.Net.Sockets;
using Acomm.Domain;
using Acomm.Effects;
using Microsoft.Extensions.Time.Testing;

namespace Acomm.AdapterTests.Streams;

/// <summary>A source that hangs for ever is let go: when its consumer goes, when nothing moves for too long, when the node stops.</summary>
public sealed class HangingSourceTests
{
    public static TheoryData<Hang, bool> HangsAndTransports
    {
        get
        {
            var data = new TheoryData<Hang, bool>();
            foreach (var hang in Enum.GetValues<Hang>())
            {
                data.Add(hang, false);
                data.Add(hang, true);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(HangsAndTransports))]
    public async Task When_its_consumer_goes(Hang hang, bool overHttp)
    {
        using var source = new HangingSource(10, hang);
        await using var node = await TestNode.StartAsync(TestTasks.Give(source.ToSource));
        await using var caller = await TestNode.StartAsync();
        var reply = await caller.Acomm.RequestAsync<string, string>(node.Address(overHttp), "give", "", CallOptions.None).Ok();

        await using (var stream = await reply.OpenStreamAsync().Ok())
        {
            await stream.ReadExactlyAsync(new byte[10]).AsTask().Within();
            await source.Hanging;
        }

        await source.Cancelled;
        await source.Disposed;
        Assert.IsType<AcommError.StreamTorn>((await node.Events.First<NodeEvent.StreamFailed>()).Error);
        await node.StopAsync().Within();
        Assert.Equal(1, source.Disposals);
    }

    [Theory]
    [InlineData(Hang.Listening)]
    [InlineData(Hang.Deaf)]
    [InlineData(Hang.Blocking)]
    public async Task When_a_consumer_that_says_nothing_goes(Hang hang)
    {
        using var source = new HangingSource(10, hang);
        await using var node = await TestNode.StartAsync(TestTasks.Give(source.ToSource));
        var reply = await node.Acomm.RequestAsync<string, string>(node.Unix, "give", "", CallOptions.None).Ok();

        using (await GoWire.DialAsync(reply.Stream.Map(s => s.Address.Path).IfNone("")))
            await source.Hanging;

        await source.Disposed;
        Assert.IsType<AcommError.StreamTorn>((await node.Events.First<NodeEvent.StreamFailed>()).Error);
        Assert.Equal(1, source.Disposals);
    }

    [Theory]
    [InlineData(Hang.Listening)]
    [InlineData(Hang.Deaf)]
    [InlineData(Hang.Blocking)]
    public async Task When_nothing_moved_for_30_s_and_the_consumer_sees_a_torn_stream(Hang hang)
    {
        var time = new FakeTimeProvider();
        using var source = new HangingSource(10, hang);
        await using var node = await TestNode.StartAsync(TestTasks.Give(source.ToSource), time: time);
        await using var caller = await TestNode.StartAsync();
        var reply = await caller.Acomm.RequestAsync<string, string>(node.Unix, "give", "", CallOptions.None).Ok();
        await using var stream = await reply.OpenStreamAsync().Ok();
        await stream.ReadExactlyAsync(new byte[10]).AsTask().Within();
        await source.Hanging;

        time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(0, source.Disposals);
        time.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<StreamTornException>(() => stream.ReadAsync(new byte[1]).Within());
        await Expect.Until(() =>
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            return source.Disposals > 0;
        });

        Assert.IsType<AcommError.StreamIdle>((await node.Events.First<NodeEvent.StreamFailed>()).Error);
        Assert.Equal(1, source.Disposals);
    }

    [Theory]
    [InlineData(Hang.Listening)]
    [InlineData(Hang.Deaf)]
    [InlineData(Hang.Blocking)]
    public async Task When_the_node_stops(Hang hang)
    {
        using var source = new HangingSource(10, hang);
        await using var node = await TestNode.StartAsync(TestTasks.Give(source.ToSource), options => options.DrainLimit = TimeSpan.Zero);
        await using var caller = await TestNode.StartAsync();
        var reply = await caller.Acomm.RequestAsync<string, string>(node.Unix, "give", "", CallOptions.None).Ok();
        await using var stream = await reply.OpenStreamAsync().Ok();
        await source.Hanging;

        await node.StopAsync().Within();

        Assert.Equal(1, source.Disposals);
        Assert.Empty(node.Files);
    }

    [Fact]
    public async Task A_source_that_hangs_when_it_is_disposed_does_not_keep_the_node_from_stopping()
    {
        var never = new TaskCompletionSource();
        await using var node = await TestNode.StartAsync(TestTasks.Give(() => StreamSource.From(
            (to, cancel) => to.WriteAsync(new byte[1], cancel).AsTask(), () => new ValueTask(never.Task))));
        var reply = await node.Acomm.RequestAsync<string, string>(node.Unix, "give", "", CallOptions.None).Ok();
        await using (var stream = await reply.OpenStreamAsync().Ok())
            await stream.CopyToAsync(Stream.Null).Within();

        await node.StopAsync().Within();

        Assert.IsType<TimeoutException>((await node.Events.First<NodeEvent.Faulted>()).Exception);
        never.SetResult();
    }

    // It has said all that it will, and still listens.
    [Fact]
    public async Task A_consumer_that_ends_its_sending_side_reads_all_of_it()
    {
        var gate = new TaskCompletionSource();
        await using var node = await TestNode.StartAsync(TestTasks.Give(() => StreamSource.From(async (to, cancel) =>
        {
            await gate.Task.WaitAsync(cancel);
            await to.WriteAsync(TestSource.Bytes(1_000), cancel);
        })));
        var reply = await node.Acomm.RequestAsync<string, string>(node.Unix, "give", "", CallOptions.None).Ok();
        using var consumer = await GoWire.DialAsync(reply.Stream.Map(s => s.Address.Path).IfNone(""));
        await using var stream = new NetworkStream(consumer);
        consumer.Shutdown(SocketShutdown.Send);

        gate.SetResult();
        var read = new MemoryStream();
        await stream.CopyToAsync(read).Within();

        Assert.Equal(TestSource.Bytes(1_000), read.ToArray());
    }
}
