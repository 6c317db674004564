using Acomm.Domain;
using Acomm.Effects;
using LanguageExt;
using Xunit;
using static Acomm.Properties.Running.FakeWorld;

namespace Acomm.Properties.Running;

/// <summary>A node handles so many requests at a time; some more wait, and the rest is told so at once.</summary>
public sealed class HandlerLimitTests
{
    private static readonly Address Hook = At("unix:///caller.sock");
    private readonly FakeWorld world = new();
    private readonly SemaphoreSlim starts = new(0);
    private readonly SemaphoreSlim ends = new(0);
    private int running;
    private int most;

    [Fact]
    public async Task So_many_run_some_wait_and_the_rest_is_refused_until_a_handler_is_free()
    {
        using var node = Started(Limits.Default with { HandlersPerTask = 2, HandlersWaitingPerTask = 1 });
        Assert.Equal(["", "", "", "TaskOverloaded"], Receive(node, "slow", 4));
        await StartedAsync(2);
        Assert.Equal([""], Receive(node, "other", 1));
        ends.Release();
        await world.SentAsync(2);
        Assert.Equal([""], Receive(node, "slow", 1));
        ends.Release(3);
        await node.StopAsync(default);
        Assert.Equal(5, world.Sent.Count);
        Assert.Equal(2, most);
    }

    [Fact]
    public async Task Requests_that_wait_hold_only_so_many_bytes()
    {
        using var node = Started(Limits.Default with { Handlers = 1, HandlersWaitingBytes = Document.Write(NewRequest("slow", "id-0")).Length });
        Assert.Equal(["", "", "NodeOverloaded"], Receive(node, "slow", 3));
        ends.Release(2);
        await node.StopAsync(default);
        Assert.Equal(2, world.Sent.Count);
    }

    [Fact]
    public async Task A_task_may_have_a_limit_of_its_own()
    {
        using var node = world.NewNode([new ServedTask("slow", SlowAsync, 1)]);
        node.Start();
        Assert.Equal(["", "", ""], Receive(node, "slow", 3));
        ends.Release(3);
        await node.StopAsync(default);
        Assert.Equal((3, 1), (world.Sent.Count, most));
    }

    [Fact]
    public async Task A_stop_that_waits_no_longer_tells_those_who_still_wait_for_a_handler()
    {
        using var node = Started(Limits.Default with { Handlers = 1 });
        Assert.Equal(["", "", ""], Receive(node, "slow", 3));
        var stop = node.StopAsync(TimeSpan.FromSeconds(1));
        world.Time.Advance(TimeSpan.FromSeconds(1));
        await world.SentAsync(3);
        Assert.Equal(3, (await world.PassUntilAsync(stop)).CutHandlers);
        Assert.All(world.Sent, sent => Assert.StartsWith("CutByShutdown:", FailureOf(sent.Document), StringComparison.Ordinal));
        Assert.Equal(3, world.Sent.Count);
    }

    [Fact]
    public async Task Who_waited_and_was_cut_leaves_no_place_behind_that_nobody_had_given_up()
    {
        var stubborn = new TaskCompletionSource<Answer<RawJson>>();
        using var node = world.NewNode(Limits.Default with { Handlers = 1 }, ("stubborn", (_, _) => stubborn.Task), ("slow", SlowAsync));
        node.Start();
        Assert.Equal([""], Receive(node, "stubborn", 1));
        Assert.Equal([""], Receive(node, "slow", 1));
        await world.PassUntilAsync(node.StopAsync(TimeSpan.FromSeconds(1)));
        node.Start();
        Assert.Equal([""], Receive(node, "slow", 1));
        stubborn.SetResult(Json("1"));
        await StartedAsync(1);
        Assert.Equal([""], Receive(node, "slow", 1));
        ends.Release(2);
        await node.StopAsync(default);
        Assert.Equal(1, most);
    }

    [Fact]
    public async Task A_request_that_is_refused_for_another_reason_gives_its_place_back()
    {
        using var node = Started(Limits.Default with { Handlers = 2 });
        var outside = IpAddress.Parse("10.0.0.7").IfNone(default(IpAddress));
        var request = Document.Write(NewRequest("slow", "same") with { ResponseHook = At("http://10.0.0.7/"), StreamUrl = At("http://10.0.0.7/data") });
        Assert.Equal(Acknowledgement.Ok, node.ReceiveRequest(request, outside));
        Assert.IsType<Acknowledgement.Refused>(node.ReceiveRequest(request, outside));
        Assert.Single(world.Withdrawn);
        Assert.Equal([""], Receive(node, "slow", 1));
        await StartedAsync(2);
        ends.Release(2);
        await world.PassUntilAsync(node.StopAsync(TimeSpan.FromSeconds(1)));
        Assert.Equal(2, most);
    }

    [Fact]
    public void A_limit_below_one_is_refused_by_name() => Assert.Equal(
        new AcommError.ValueInvalid("concurrency", "of the task 'slow' is 0, it must be at least 1"),
        TaskTable.Create([new ServedTask("slow", SlowAsync, 0)]).Left());

    private static Request NewRequest(string task, string id) => Request.Of(Id(id), Task_(task), Json("[1]"), Hook);

    private static string FailureOf(ReadOnlyMemory<byte> document) =>
        Document.ReadResponse(document, Limits.Default).Right().Outcome is Outcome.Failure failure ? failure.Text : "";

    private AcommNode Started(Limits limits)
    {
        var node = world.NewNode(limits, ("slow", SlowAsync), ("other", (call, _) => Task.FromResult<Answer<RawJson>>(call.Request.Args)));
        node.Start();
        return node;
    }

    private async Task StartedAsync(int count)
    {
        for (var i = 0; i < count; i++)
            await starts.WaitAsync();
    }

    private IEnumerable<string> Receive(AcommNode node, string task, int count) => Enumerable.Range(0, count)
        .Select(i => node.ReceiveOnSocket(Document.Write(NewRequest(task, $"id-{i}"))))
        .Select(ack => ack is Acknowledgement.Refused refused ? refused.Code.IfNone("?") : "")
        .ToList();

    private async Task<Answer<RawJson>> SlowAsync(CallContext call, CancellationToken cancel)
    {
        InterlockedMax(Interlocked.Increment(ref running));
        starts.Release();
        try
        {
            await ends.WaitAsync(cancel);
            return call.Request.Args;
        }
        finally
        {
            Interlocked.Decrement(ref running);
        }
    }

    private void InterlockedMax(int now)
    {
        for (var seen = most; now > seen; seen = most)
            Interlocked.CompareExchange(ref most, now, seen);
    }
}
