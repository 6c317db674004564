using Acomm.Adapters;
using Acomm.Domain;
using Acomm.Effects;
using Microsoft.Extensions.Time.Testing;

namespace Acomm.AdapterTests.EndToEnd;

/// <summary>Handlers hear on real sockets that nobody waits for them any more; Go peers hear nothing.</summary>
public sealed class AwaitedCallTests
{
    private readonly TaskCompletionSource<CallContext> entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_handler_is_cancelled_when_its_caller_cancels(bool overHttp)
    {
        await using var worker = await TestNode.StartAsync(AddTasks);
        await using var caller = await TestNode.StartAsync();
        await MeetAsync(caller, worker.Address(overHttp));
        using var cancel = new CancellationTokenSource();
        var call = caller.Acomm.CallAsync<string, string>(worker.Address(overHttp), "endless", "", cancel.Token);
        await entered.Task.Within();

        await cancel.CancelAsync();

        Assert.IsType<AcommError.Cancelled>(await call.Error());
        await cancelled.Task.Within();
        await worker.StopAsync();
        Assert.Equal(0, worker.Acomm.Outstanding);
        Assert.Empty(worker.Events.All<NodeEvent.HandlerThrew>());
        Assert.Empty(worker.Events.All<NodeEvent.AnswerLost>());
        Assert.Equal(0, caller.Tally.Late);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task A_cancellation_reaches_the_handler_through_a_proxy(bool toProxyOverHttp, bool toWorkerOverHttp)
    {
        await using var worker = await TestNode.StartAsync(AddTasks);
        await using var proxy = await TestNode.StartAsync();
        await using var caller = await TestNode.StartAsync();
        await MeetAsync(proxy, worker.Address(toWorkerOverHttp));
        var options = new CallOptions { TaskUrl = Address.Parse(worker.Address(toWorkerOverHttp)).Ok() };
        await caller.Acomm.RequestAsync<string, string>(proxy.Address(toProxyOverHttp), "echo", "", options).Ok();
        using var cancel = new CancellationTokenSource();
        var call = caller.Acomm.RequestAsync<string, string>(proxy.Address(toProxyOverHttp), "endless", "", options, cancel.Token);
        await entered.Task.Within();

        await cancel.CancelAsync();

        Assert.IsType<AcommError.Cancelled>(await call.Error());
        await cancelled.Task.Within();
        Assert.Equal((0, 1), (proxy.Acomm.Outstanding, proxy.Tally.Cancelled));
        await worker.StopAsync();
        Assert.Empty(worker.Events.All<NodeEvent.AnswerLost>());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_handler_is_cancelled_when_the_time_of_its_caller_is_over(bool overHttp)
    {
        var time = new FakeTimeProvider();
        await using var worker = await TestNode.StartAsync(AddTasks, time: time);
        await using var caller = await TestNode.StartAsync(time: time);
        var call = caller.Acomm.RequestAsync<string, string>(worker.Address(overHttp), "endless", "", new CallOptions { Timeout = TimeSpan.FromSeconds(3) });
        var context = await entered.Task.Within();
        Assert.Equal(TimeSpan.FromSeconds(3), context.TimeLeft);
        Assert.False(cancelled.Task.IsCompleted);

        time.Advance(TimeSpan.FromSeconds(4));

        Assert.IsType<AcommError.TimedOut>(await call.Error());
        await cancelled.Task.Within();
    }

    [Fact]
    public async Task A_go_peer_sees_the_time_as_a_key_more_and_of_a_cancellation_nothing()
    {
        string[] known = ["id", "task", "taskURL", "responseHook", "streamURL", "args"];
        await using var peer = new GoUnixPeer();
        await using var caller = await TestNode.StartAsync();
        using var cancel = new CancellationTokenSource();
        var call = caller.Acomm.CallAsync<string, string>(peer.Url, "first", "", cancel.Token);
        var request = await peer.NextAsync();
        Assert.Equal(["keepOpen", "timeoutMs"], request.Select(field => field.Key).Except(known).Order(StringComparer.Ordinal));
        Assert.Equal(60_000, (int)request["timeoutMs"]!);
        await cancel.CancelAsync();
        await call.Error();

        var second = caller.Acomm.CallAsync<string, string>(peer.Url, "second", "");
        var next = await peer.NextAsync();
        Assert.Equal("second", (string?)next["task"]);
        await GoWire.RespondAsync(next, GoWire.MistifyResponse((string)next["id"]!, "done"));
        Assert.Equal("done", await second.Ok());
    }

    [Fact]
    public async Task A_go_peer_hears_of_a_cancellation_nothing_over_http_either()
    {
        await using var peer = await GoHttpPeer.StartAsync();
        await using var caller = await TestNode.StartAsync();
        await MeetAsync(caller, peer.Url);
        await peer.NextAsync();
        using var cancel = new CancellationTokenSource();
        var call = caller.Acomm.CallAsync<string, string>(peer.Url, "first", "", cancel.Token);
        Assert.Equal("first", (string?)(await peer.NextAsync())["task"]);
        await cancel.CancelAsync();
        await call.Error();

        await MeetAsync(caller, peer.Url);
        Assert.Equal("before", (string?)(await peer.NextAsync())["id"]);
    }

    // By the acknowledgement of what is sent first a peer is known to be one of ours, and a connection to it is kept on unix.
    private static async Task MeetAsync(TestNode from, string to) => await from.Acomm.SendAsync(
        Address.Parse(to).Ok(), Request.Of(RequestId.Parse("before").Ok(), TaskName.Parse("echo").Ok(), RawJson.Null, default)).Ok();

    private void AddTasks(AcommBuilder acomm)
    {
        TestTasks.Echo(acomm);
        acomm.AddTask<string, string>("endless", async (_, call, cancel) =>
        {
            using var onCancel = cancel.Register(cancelled.SetResult);
            entered.SetResult(call);
            await Task.Delay(Timeout.InfiniteTimeSpan, cancel);
            return "never";
        });
    }
}
