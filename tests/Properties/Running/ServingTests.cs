using Acomm.Domain;
using Acomm.Effects;
using LanguageExt;
using Xunit;
using static Acomm.Properties.Running.FakeWorld;

namespace Acomm.Properties.Running;

/// <summary>What a node does with documents that come in.</summary>
public sealed class ServingTests
{
    private static readonly Address Hook = At("unix:///caller.sock");
    private static readonly Address HttpHook = At("http://10.0.0.7:80/hook");
    private static readonly IpAddress Outside = IpAddress.Parse("10.0.0.7").IfNone(default(IpAddress));
    private readonly FakeWorld world = new();
    private Func<Option<TimeSpan>, Task<StopReport>> stop = _ => throw new InvalidOperationException("no node yet");

    [Fact]
    public async Task A_request_is_acknowledged_and_answered_on_its_hook()
    {
        using var node = Started(("echo", (call, _) => Task.FromResult<Answer<RawJson>>(call.Request.Args)));
        Assert.Equal(Acknowledgement.Ok, Receive(node, NewRequest("echo")));
        await node.StopAsync(default);
        Assert.Equal((Hook, NewRequest("echo").Succeed(Json("[1]"))), SentResponse());
    }

    [Fact]
    public async Task Invariant_15_a_handler_that_throws_is_an_error_to_its_caller_and_the_node_goes_on()
    {
        using var node = Started(
            ("throw", (_, _) => throw new InvalidOperationException("a secret")),
            ("echo", (call, _) => Task.FromResult<Answer<RawJson>>(call.Request.Args)));
        Receive(node, NewRequest("throw"));
        Receive(node, NewRequest("echo"));
        await node.StopAsync(default);
        var failed = world.Sent.Select(s => Read(s.Document)).Single(r => r.Outcome is Outcome.Failure);
        Assert.StartsWith("HandlerFailed:", ((Outcome.Failure)failed.Outcome).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", ((Outcome.Failure)failed.Outcome).Text, StringComparison.Ordinal);
        Assert.Equal(2, world.Sent.Count);
        Assert.Single(world.Events.OfType<NodeEvent.HandlerThrew>());
    }

    [Fact]
    public async Task Invariant_15_handlers_that_never_return_delay_no_completion_accept_or_timer()
    {
        var never = new TaskCompletionSource<Answer<RawJson>>();
        using var node = Started(
            ("never", (_, _) => never.Task),
            ("echo", (call, _) => Task.FromResult<Answer<RawJson>>(call.Request.Args)));
        for (var i = 0; i < 100; i++)
            Assert.Equal(Acknowledgement.Ok, Receive(node, NewRequest("never") with { Id = Id($"never {i}") }));

        Assert.Equal(Acknowledgement.Ok, Receive(node, NewRequest("echo")));
        await world.SentAsync(1);
        var call = node.Begin(Hook, Task_("t"), RawJson.Null, new CallOptions { Timeout = TimeSpan.FromSeconds(1) });
        Assert.Equal(Acknowledgement.Ok, node.ReceiveOnSocket(Document.Write(Response.Success(call.Id, Json("1")))));
        Assert.True((await call.Answer).IsRight);
        var late = node.Begin(Hook, Task_("t"), RawJson.Null, new CallOptions { Timeout = TimeSpan.FromSeconds(1) });
        world.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.IsType<AcommError.TimedOut>((await late.Answer).Case);
        never.SetResult(RawJson.Null);
    }

    [Fact]
    public void What_cannot_be_taken_is_refused_by_name_and_told_of_once()
    {
        using var node = Started();
        Assert.Equal("UnknownTask", CodeOf(Receive(node, NewRequest("none"))));
        Assert.Equal("DocumentMalformed", CodeOf(node.ReceiveOnSocket("null"u8.ToArray())));
        Assert.Equal("ResponseUnknown", CodeOf(node.ReceiveOnSocket(Document.Write(Response.Failure(Id("x"), "")))));
        Assert.Equal(
            ["UnknownTask", "DocumentMalformed", "ResponseUnknown"],
            world.Events.Cast<NodeEvent.DocumentRefused>().Select(e => e.Error.Name));
        Assert.Empty(world.Sent);
    }

    [Fact]
    public async Task A_node_that_is_not_running_takes_no_request()
    {
        using var node = world.NewNode(null, ("echo", (call, _) => Task.FromResult<Answer<RawJson>>(call.Request.Args)));
        Assert.Equal("NotStarted", CodeOf(Receive(node, NewRequest("echo"))));
        node.Start();
        await node.StopAsync(default);
        Assert.Equal("ShuttingDown", CodeOf(Receive(node, NewRequest("echo"))));
        node.Start();
        Assert.Equal(Acknowledgement.Ok, Receive(node, NewRequest("echo")));
    }

    [Fact]
    public async Task A_request_that_came_over_http_is_handled_on_the_nodes_hook_and_answered_on_its_own()
    {
        using var node = Started(("echo", (call, _) => Task.FromResult<Answer<RawJson>>(call.Request.Args)));
        world.LoopBack(node);
        var request = NewRequest("echo") with { ResponseHook = HttpHook };
        Assert.Equal(Acknowledgement.Ok, node.ReceiveRequest(Document.Write(request), Outside));
        await node.StopAsync(default);
        Assert.Equal([At("unix:///own.sock"), HttpHook], world.Sent.Select(s => s.To));
        Assert.Equal((HttpHook, request.Succeed(Json("[1]"))), SentResponse());
    }

    [Fact]
    public async Task A_request_with_a_task_url_is_sent_on_and_its_answer_comes_back_through_the_node()
    {
        var worker = At("unix:///worker.sock");
        using var node = Started();
        var request = NewRequest("any") with { TaskUrl = worker };
        Assert.Equal(Acknowledgement.Ok, Receive(node, request));
        await world.SentAsync(1);
        var passedOn = Document.ReadRequest(world.Sent.Last().Document, Limits.Default);
        Assert.Equal(request with { TaskUrl = Option<Address>.None, ResponseHook = At("unix:///own.sock") }, passedOn);
        Assert.Equal(Acknowledgement.Ok, node.ReceiveOnSocket(Document.Write(request.Succeed(Json("5")))));
        await node.StopAsync(default);
        Assert.Equal((Hook, request.Succeed(Json("5"))), SentResponse());
    }

    [Fact]
    public async Task A_task_url_that_cannot_be_reached_is_told_to_the_hook()
    {
        var worker = At("unix:///worker.sock");
        using var node = Started();
        world.OnSend = (to, _, _) => Task.FromResult<Either<AcommError, Unit>>(
            to == worker ? new AcommError.PeerUnreachable(worker, "gone") : Unit.Default);
        Receive(node, NewRequest("any") with { TaskUrl = worker });
        await node.StopAsync(default);
        var (to, response) = SentResponse();
        Assert.Equal(Hook, to);
        Assert.StartsWith("PeerUnreachable:", ((Outcome.Failure)response.Outcome).Text, StringComparison.Ordinal);
        Assert.Equal(worker, Assert.Single(world.Events.OfType<NodeEvent.SendFailed>()).To);
    }

    [Fact]
    public async Task A_second_request_with_an_open_id_from_outside_is_refused_and_the_first_is_answered()
    {
        var go = new TaskCompletionSource<Answer<RawJson>>();
        using var node = Started(("slow", (_, _) => go.Task));
        world.LoopBack(node);
        var document = Document.Write(NewRequest("slow") with { ResponseHook = HttpHook });
        Assert.Equal(Acknowledgement.Ok, node.ReceiveRequest(document, Outside));
        Assert.Equal("DuplicateId", CodeOf(node.ReceiveRequest(document, Outside)));
        go.SetResult(Json("1"));
        await node.StopAsync(default);
        Assert.Single(world.Sent, s => s.To == HttpHook);
    }

    [Fact]
    public async Task A_stop_waits_for_handlers_and_with_a_limit_gives_them_up()
    {
        var go = new TaskCompletionSource<Answer<RawJson>>();
        var cancelled = new TaskCompletionSource();
        using var node = Started(("slow", WaitAsync));
        Receive(node, NewRequest("slow"));
        var patient = node.StopAsync(default);
        Assert.False(patient.IsCompleted);
        var limited = node.StopAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(new StopReport(0, 1), await world.PassUntilAsync(limited));
        await cancelled.Task;
        go.SetResult(Json("1"));
        Assert.Equal(default, await patient);

        Task<Answer<RawJson>> WaitAsync(CallContext call, CancellationToken cancel)
        {
            cancel.Register(cancelled.SetResult);
            return go.Task;
        }
    }

    [Fact]
    public async Task What_a_stop_cuts_is_told_to_whoever_waits_for_it()
    {
        using var node = Started(("endless", EndlessAsync));
        world.LoopBack(node);
        Receive(node, NewRequest("endless"));
        node.ReceiveRequest(Document.Write(NewRequest("endless") with { ResponseHook = HttpHook }), Outside);

        var stopped = node.StopAsync(TimeSpan.FromSeconds(1));
        world.Time.Advance(TimeSpan.FromSeconds(1));

        // Two to those who wait, and the late answer of the handler to the node itself; only then does time go on.
        await world.SentAsync(3);
        Assert.Equal(new StopReport(1, 2), await world.PassUntilAsync(stopped));
        Assert.Equal(
            [Hook, HttpHook],
            world.Sent.Where(s => s.To != At("unix:///own.sock") && Read(s.Document).Outcome is Outcome.Failure).Select(s => s.To).OrderBy(to => !to.IsUnix));
        Assert.Empty(world.Events.OfType<NodeEvent.Faulted>());
        Assert.Empty(world.Events.OfType<NodeEvent.HandlerThrew>());

        static async Task<Answer<RawJson>> EndlessAsync(CallContext call, CancellationToken cancel)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancel);
            return Json("1");
        }
    }

    [Fact]
    public async Task The_stream_that_was_made_for_a_request_is_withdrawn_when_the_request_is_over()
    {
        using var node = Started(("echo", (call, _) => Task.FromResult<Answer<RawJson>>(call.Request.Args)));
        world.LoopBack(node);
        var request = NewRequest("echo") with { ResponseHook = HttpHook, StreamUrl = At("http://10.0.0.7/data") };
        Assert.Equal(Acknowledgement.Ok, node.ReceiveRequest(Document.Write(request), Outside));
        await node.StopAsync(default);
        Assert.Equal(world.Offered.Keys, world.Withdrawn);
        Assert.Single(world.Withdrawn);
    }

    // More than a timer of the runtime takes, and less than nothing.
    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(TimeSpan.TicksPerDay * 50)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    public async Task A_stop_takes_any_limit(long ticks)
    {
        using var node = Started();
        Assert.Equal(default, await node.StopAsync(new TimeSpan(ticks)));
        Assert.Equal(TrackerPhase.Stopped, node.State.Phase);
    }

    [Fact]
    public async Task A_stop_from_inside_a_handler_does_not_wait_for_that_handler()
    {
        var stopped = new TaskCompletionSource<StopReport>();
        using var node = Started(("stop", StopAsync));
        stop = node.StopAsync;
        Receive(node, NewRequest("stop"));
        Receive(node, NewRequest("stop") with { Id = Id("r2") });
        Assert.Equal(default, await stopped.Task);

        async Task<Answer<RawJson>> StopAsync(CallContext call, CancellationToken cancel)
        {
            stopped.TrySetResult(await stop(default));
            return Json("1");
        }
    }

    [Fact]
    public async Task An_answer_above_the_limit_reaches_the_caller_as_an_error()
    {
        using var node = Started(("big", (_, _) => Task.FromResult<Answer<RawJson>>(Json($"\"{new string('x', 2000)}\""))), Limits.Default with { FrameBytes = 1000 });
        Receive(node, NewRequest("big"));
        await node.StopAsync(default);
        Assert.StartsWith("FrameTooLong:", ((Outcome.Failure)SentResponse().Response.Outcome).Text, StringComparison.Ordinal);
    }

    private AcommNode Started(params (string, TaskHandler)[] tasks) => Started(Limits.Default, tasks);

    private AcommNode Started((string, TaskHandler) task, Limits limits) => Started(limits, task);

    private AcommNode Started(Limits limits, params (string, TaskHandler)[] tasks)
    {
        var node = world.NewNode(limits, tasks);
        node.Start();
        return node;
    }

    private static Request NewRequest(string task) => Request.Of(Id("r1"), Task_(task), Json("[1]"), Hook);

    private static Acknowledgement Receive(AcommNode node, Request request) => node.ReceiveOnSocket(Document.Write(request));

    private static string? CodeOf(Acknowledgement acknowledgement) => (acknowledgement as Acknowledgement.Refused)?.Code.IfNone("");

    private (Address To, Response Response) SentResponse() => (world.Sent.Last().To, Read(world.Sent.Last().Document));

    private static Response Read(ReadOnlyMemory<byte> document) =>
        Document.ReadResponse(document, Limits.Default).IfLeft(error => throw new InvalidOperationException(error.ToString()));
}
