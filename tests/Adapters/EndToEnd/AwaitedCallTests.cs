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

    [Fact]
    public async Task A_handler_is_cancelled_when_its_caller_cancels()
    {
        await using var worker = await TestNode.StartAsync(AddTasks);
        await using var caller = await TestNode.StartAsync();
        await KeepConnectionAsync(caller, worker);
        using var cancel = new CancellationTokenSource();
        var call = caller.Acomm.CallAsync<string, string>(worker.Unix, "endless", "", cancel.Token);
        await entered.Task.Within();

        await cancel.CancelAsync();

        Assert.IsType<AcommError.Cancelled>(await call.Error());
        await cancelled.Task.Within();
        await worker.StopAsync();
        Assert.Empty(worker.Events.All<NodeEvent.HandlerThrew>());
        Assert.Empty(worker.Events.All<NodeEvent.AnswerLost>());
        Assert.Equal(0, caller.Tally.Late);
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

    // What is acknowledged on a connection of its own has left a connection that is kept.
    private static async Task KeepConnectionAsync(TestNode from, TestNode to) => await from.Acomm.SendAsync(
        Address.Parse(to.Unix).Ok(), Request.Of(RequestId.Parse("before").Ok(), TaskName.Parse("echo").Ok(), RawJson.Null, default)).Ok();

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
