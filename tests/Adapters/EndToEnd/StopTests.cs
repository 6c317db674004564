using Acomm.Domain;
using Acomm.Effects;

namespace Acomm.AdapterTests.EndToEnd;

public sealed class StopTests
{
    [Fact]
    public async Task A_stop_waits_for_open_calls_and_their_answers_still_come()
    {
        var gate = new Gate();
        await using var server = await TestNode.StartAsync(gate.AddTo);
        await using var caller = await TestNode.StartAsync();
        var call = caller.Acomm.CallAsync<string, string>(server.Unix, "wait", "");
        await gate.Entered;

        var stopped = caller.StopAsync();
        Assert.False(stopped.IsCompleted);
        gate.Release();

        Assert.Equal("released", await call.Ok());
        await stopped.Within();
        Assert.Empty(caller.Events.All<NodeEvent.Cut>());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_stop_waits_for_running_handlers_and_their_answers_are_sent(bool overHttp)
    {
        var gate = new Gate();
        await using var server = await TestNode.StartAsync(gate.AddTo);
        await using var caller = await TestNode.StartAsync();
        var call = caller.Acomm.CallAsync<string, string>(server.Address(overHttp), "wait", "");
        await gate.Entered;

        var stopped = server.StopAsync();
        gate.Release();

        Assert.Equal("released", await call.Ok());
        await stopped.Within();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task New_work_is_refused_while_a_stop_waits(bool overHttp)
    {
        var gate = new Gate();
        await using var server = await TestNode.StartAsync(acomm =>
        {
            gate.AddTo(acomm);
            TestTasks.Echo(acomm);
        });
        await using var caller = await TestNode.StartAsync();
        var open = caller.Acomm.CallAsync<string, string>(server.Unix, "wait", "");
        await gate.Entered;
        var stopped = server.StopAsync();

        var refused = await caller.Acomm.CallAsync<string, string>(server.Address(overHttp), "echo", "").Error();
        var own = await server.Acomm.CallAsync<string, string>(caller.Unix, "echo", "").Error();
        gate.Release();

        Assert.Equal("ShuttingDown", Assert.IsType<AcommError.Rejected>(refused).Code);
        Assert.IsType<AcommError.ShuttingDown>(own);
        await open.Ok();
        await stopped.Within();
    }

    [Fact]
    [Trait("Go", "defect")]
    public async Task A_stop_cuts_what_is_still_open_at_its_limit()
    {
        var gate = new Gate();
        await using var peer = new GoUnixPeer();
        await using var node = await TestNode.StartAsync(gate.AddTo, options => options.DrainLimit = TimeSpan.FromMilliseconds(50));
        var call = node.Acomm.CallAsync<string, string>(peer.Url, "never answered", "");
        await GoWire.SendAsync(node.SocketPath, GoWire.MistifyRequest("held", "wait", peer.Url));
        await gate.Entered;

        await node.StopAsync().Within();

        Assert.IsType<AcommError.CutByShutdown>(await call.Error());
        var cut = Assert.Single(node.Events.All<NodeEvent.Cut>());
        Assert.Equal(1, cut.Requests);
        Assert.InRange(cut.Handlers, 1, 2);
        Assert.Equal(0, node.Acomm.Outstanding);
    }

    [Fact]
    public async Task A_stop_removes_the_nodes_own_socket_files_and_no_others()
    {
        await using var node = await TestNode.StartAsync(TestTasks.Give(() => new TestSource(10).ToSource()));
        await File.WriteAllTextAsync(node.At("not-mine"), "");
        await node.Acomm.RequestAsync<string, string>(node.Unix, "give", "", CallOptions.None).Ok();
        Assert.Equal(3, node.Files.Length);

        await node.StopAsync().Within();

        Assert.Equal([node.At("not-mine")], node.Files);
    }

    [Fact]
    [Trait("Go", "defect")]
    public async Task Stopping_twice_or_at_the_same_time_is_the_same_as_once()
    {
        await using var node = await TestNode.StartAsync();

        await Task.WhenAll(node.StopAsync(), node.StopAsync()).Within();
        await node.StopAsync().Within();

        Assert.Equal(TrackerPhase.Stopped, node.Node.State.Phase);
        Assert.Empty(node.Files);
    }

    [Fact]
    [Trait("Go", "defect")]
    public async Task A_handler_can_ask_for_the_stop_and_is_still_answered()
    {
        var self = new TaskCompletionSource<TestNode>();
        await using var node = await TestNode.StartAsync(acomm => acomm.AddTask<string, string>("stop", async (_, _, _) =>
        {
            (await self.Task).Lifetime.StopApplication();
            return "stopping";
        }));
        self.SetResult(node);

        var reply = await node.Acomm.CallAsync<string, string>(node.Unix, "stop", "").Ok();

        Assert.Equal("stopping", reply);
        await node.StopAsync().Within();
        Assert.Equal(TrackerPhase.Stopped, node.Node.State.Phase);
    }

    [Fact]
    [Trait("Go", "defect")]
    public async Task A_handler_that_waits_for_the_stop_is_cut_at_its_limit_and_does_not_block_it()
    {
        var self = new TaskCompletionSource<TestNode>();
        var stopped = new TaskCompletionSource();
        await using var node = await TestNode.StartAsync(
            acomm => acomm.AddTask<RawJson, string>("stop", async (_, _, _) =>
            {
                await (await self.Task).Node.StopAsync(TimeSpan.FromMilliseconds(50));
                stopped.SetResult();
                return "stopped";
            }));
        self.SetResult(node);

        await GoWire.SendAsync(node.SocketPath, GoWire.CeranaRequest("stop it", "stop", hook: null));

        await stopped.Task.Within();
        Assert.Equal(TrackerPhase.Stopped, node.Node.State.Phase);
    }
}
