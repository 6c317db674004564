using System.Net.Sockets;
using System.Text.Json.Nodes;
using Acomm.Domain;
using Acomm.Effects;
using LanguageExt;
using Microsoft.Extensions.Time.Testing;

namespace Acomm.AdapterTests.Kept;

/// <summary>A node that was asked to keep a connection; who asks is played by hand, byte for byte.</summary>
public sealed class ServingTests
{
    [Fact]
    public async Task Who_does_not_ask_is_acknowledged_without_an_offer_and_closed()
    {
        await using var node = await TestNode.StartAsync(TestTasks.Echo);
        using var socket = await GoWire.DialAsync(node.SocketPath);
        await using var stream = new NetworkStream(socket);

        await stream.WriteAsync(GoWire.Framed(Request("1", ask: false)));

        Assert.False((await GoWire.ReadAsync(stream)).ContainsKey("keepOpen"));
        Assert.Equal(0, await stream.ReadAsync(new byte[1]).Within());
    }

    [Fact]
    public async Task Who_asks_is_offered_and_its_documents_are_acknowledged_in_order()
    {
        await using var node = await TestNode.StartAsync(TestTasks.Echo);
        await using var stream = await KeptAsync(node);

        byte[] all = [.. Enumerable.Range(0, 50).SelectMany(i => GoWire.Framed(Request($"{i}", task: i % 3 == 0 ? "none" : "echo")))];
        foreach (var piece in all.Chunk(77))
            await stream.WriteAsync(piece);

        for (var i = 0; i < 50; i++)
            Assert.Equal(i % 3 == 0 ? "UnknownTask" : null, (string?)(await GoWire.ReadAsync(stream))["code"]);
    }

    [Theory]
    [InlineData("FrameEmpty", new byte[] { 0, 0, 0, 0 })]
    [InlineData("FrameTooLong", new byte[] { 255, 255, 255, 255 })]
    [InlineData("FrameTimeout", new byte[] { 0, 0 })]
    [InlineData("FrameTimeout", new byte[] { 0, 0, 0, 9, (byte)'{' })]
    public async Task A_bad_frame_is_refused_by_name_what_was_before_it_stands_and_the_connection_ends(string code, byte[] bytes)
    {
        var time = new FakeTimeProvider();
        await using var node = await TestNode.StartAsync(TestTasks.Echo, time: time);
        await using var stream = await KeptAsync(node);

        await stream.WriteAsync((byte[])[.. GoWire.Framed(Request("good")), .. bytes]);

        Assert.Equal("", (string?)(await GoWire.ReadAsync(stream))["error"]);
        Assert.Equal(code, (string?)(await time.PassUntil(GoWire.ReadAsync(stream)))["code"]);
        Assert.Equal(0, await stream.ReadAsync(new byte[1]).Within());
        Assert.Equal("on it goes", await node.Acomm.CallAsync<string, string>(node.Unix, "echo", "on it goes").Ok());
    }

    [Fact]
    public async Task A_peer_that_goes_within_a_frame_is_told_of_as_an_event()
    {
        await using var node = await TestNode.StartAsync(TestTasks.Echo);
        await using (var stream = await KeptAsync(node))
            await stream.WriteAsync((byte[])[0, 0, 0, 9, (byte)'{']);

        var truncated = Assert.IsType<AcommError.FrameTruncated>((await node.Events.First<NodeEvent.DocumentRefused>()).Error);
        Assert.Equal(5, truncated.GotBytes);
    }

    [Fact]
    public async Task A_bad_document_is_refused_and_the_connection_goes_on()
    {
        await using var node = await TestNode.StartAsync(TestTasks.Echo);
        await using var stream = await KeptAsync(node);

        await stream.WriteAsync((byte[])[.. GoWire.Framed("null"u8.ToArray()), .. GoWire.Framed(Request("good"))]);

        Assert.Equal("DocumentMalformed", (string?)(await GoWire.ReadAsync(stream))["code"]);
        Assert.Equal("", (string?)(await GoWire.ReadAsync(stream))["error"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public async Task Handlers_that_block_their_threads_hold_up_nothing_that_comes_later_on_the_connection(int blocking)
    {
        using var go = new ManualResetEventSlim();
        using var entered = new SemaphoreSlim(0);
        await using var node = await TestNode.StartAsync(tasks => tasks
            .AddTask<string, string>("echo", (text, _, _) => Task.FromResult<Answer<string>>(text))
            .AddTask<string, string>("block", (text, _, cancel) =>
            {
                entered.Release();
                go.Wait(cancel);
                return Task.FromResult<Answer<string>>(text);
            }));
        await using var stream = await KeptAsync(node);

        // Alone, so that they are handled by whichever thread received them.
        for (var i = 0; i < blocking; i++)
        {
            await stream.WriteAsync(GoWire.Framed(Request($"{i}", task: "block")));
            Assert.Equal("", (string?)(await GoWire.ReadAsync(stream))["error"]);
            await entered.WaitAsync().Within();
        }

        await stream.WriteAsync(GoWire.Framed(Request("later")));
        Assert.Equal("", (string?)(await GoWire.ReadAsync(stream))["error"]);
        go.Set();
    }

    [Fact]
    public async Task A_connection_on_which_nothing_comes_is_closed()
    {
        var time = new FakeTimeProvider();
        await using var node = await TestNode.StartAsync(TestTasks.Echo, time: time);
        await using var stream = await KeptAsync(node);

        Assert.Equal(0, await time.PassUntil(stream.ReadAsync(new byte[1]).AsTask()));
    }

    [Fact]
    public async Task A_stop_closes_it_at_once()
    {
        await using var node = await TestNode.StartAsync(TestTasks.Echo);
        await using var stream = await KeptAsync(node);

        await node.StopAsync().Within();

        Assert.Equal(0, await stream.ReadAsync(new byte[1]).Within());
    }

    [Fact]
    public async Task A_stop_does_not_wait_long_for_a_peer_that_does_not_read_its_acknowledgements()
    {
        await using var node = await TestNode.WithLimitsAsync(l => l with { Write = TimeSpan.FromHours(1) }, TestTasks.Echo);
        await using var stream = await KeptAsync(node);
        byte[] frames = [.. Enumerable.Repeat(GoWire.Framed("1"u8.ToArray()), 10_000).SelectMany(frame => frame)];
        await stream.WriteAsync(frames);
        await node.Events.First<NodeEvent.DocumentRefused>();

        await node.StopAsync().Within();
    }

    [Fact]
    public async Task A_peer_that_does_not_read_its_acknowledgements_is_cut_and_nobody_else_waits()
    {
        var time = new FakeTimeProvider();
        await using var node = await TestNode.StartAsync(TestTasks.Echo, time: time);
        await using var stream = await KeptAsync(node);
        var frame = GoWire.Framed(Request("unread", task: "none"));

        Assert.IsType<IOException>(await time.PassUntil(Record.ExceptionAsync(async () =>
        {
            for (var i = 0; i < 100_000; i++)
                await stream.WriteAsync(frame);
        })));

        Assert.Equal("here", await node.Acomm.CallAsync<string, string>(node.Unix, "echo", "here").Ok());
    }

    [Fact]
    public async Task Calls_between_two_nodes_share_one_connection_each_way()
    {
        await using var server = await TestNode.StartAsync(TestTasks.Echo);
        await using var caller = await TestNode.StartAsync();
        await caller.Acomm.CallAsync<int, int>(server.Unix, "echo", 0).Ok();

        var calls = Enumerable.Range(1, 500).Select(i => (Arg: i, Result: caller.Acomm.CallAsync<int, int>(server.Unix, "echo", i))).ToList();

        foreach (var (arg, result) in calls)
            Assert.Equal(arg, await result.Ok());
        Assert.Equal(501, caller.Tally.Answered);
    }

    [Fact]
    public async Task While_the_receiver_stops_and_starts_again_every_send_has_a_true_outcome()
    {
        await using var caller = await TestNode.StartAsync();
        var server = await TestNode.StartAsync(TestTasks.Echo);
        var (path, outcomes) = (server.SocketPath, new List<Task<Either<AcommError, int>>>());
        await caller.Acomm.CallAsync<int, int>(server.Unix, "echo", 0).Ok();

        var stopping = server.StopAsync();
        while (!stopping.IsCompleted && outcomes.Count < 5_000)
        {
            outcomes.Add(caller.Acomm.CallAsync<int, int>($"unix://{path}", "echo", outcomes.Count));
            if (outcomes.Count > 32)
                await outcomes[^32].Within();
        }

        await stopping.Within();
        foreach (var outcome in outcomes)
        {
            // Taken and answered, refused, or not sent: none in between, though the connection ended under them.
            var end = await outcome.Within();
            Assert.True(end.IsRight || end.Error().Delivery is Delivery.Refused or Delivery.NotSent, end.ToString());
        }

        await server.DisposeAsync();
    }

    private static JsonObject Request(string id, bool ask = false, string task = "echo")
    {
        var request = GoWire.CeranaRequest(id, task, hook: null, args: "x");
        if (ask)
            request["keepOpen"] = true;
        return request;
    }

    private static async Task<NetworkStream> KeptAsync(TestNode node)
    {
        var stream = new NetworkStream(await GoWire.DialAsync(node.SocketPath), ownsSocket: true);
        await stream.WriteAsync(GoWire.Framed(Request("first", ask: true)));
        Assert.Equal(1_024, (int?)(await GoWire.ReadAsync(stream))["keepOpen"]);
        return stream;
    }
}
