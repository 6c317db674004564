using Acomm.Domain;
using Acomm.Effects;
using LanguageExt;
using Xunit;
using static Acomm.Properties.Running.FakeWorld;

namespace Acomm.Properties.Running;

/// <summary>A node through stops, restarts and defects of its surroundings, and the tasks it is given.</summary>
public sealed class LifeTests
{
    private static readonly Address Hook = At("unix:///caller.sock");
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly FakeWorld world = new();

    [Fact]
    public async Task A_stop_that_cuts_is_an_event_and_one_that_does_not_is_none()
    {
        using var node = Started(("slow", EndlessAsync));
        await node.StopAsync(default);
        Assert.Empty(world.Events);
        node.Start();
        Receive(node, "slow");
        await world.PassUntilAsync(node.StopAsync(Second));
        Assert.Equal(new NodeEvent.Cut(0, 1), Assert.Single(world.Events.OfType<NodeEvent.Cut>()));
    }

    [Fact]
    public async Task A_node_that_is_started_again_after_a_cut_serves_and_sends_as_before()
    {
        using var node = Started(("slow", EndlessAsync), ("echo", EchoAsync));
        Receive(node, "slow");
        await world.PassUntilAsync(node.StopAsync(Second));
        node.Start();
        Receive(node, "echo");
        await node.StopAsync(default);

        // Whether the other one could still be told that it was cut is a matter of threads.
        Assert.Single(world.Sent.Select(sent => Document.ReadResponse(sent.Document, Limits.Default).Right().Outcome).OfType<Outcome.Success>());
    }

    [Fact]
    public async Task A_stop_from_inside_a_handler_does_not_wait_for_that_and_the_next_one_waits_for_all_others()
    {
        AcommNode? itself = null;
        var go = new TaskCompletionSource<Answer<RawJson>>();
        using var node = Started(("suicide", StopAsync), ("slow", (_, _) => go.Task));
        itself = node;
        Receive(node, "suicide");
        await world.SentAsync(1);
        node.Start();
        Receive(node, "slow");
        var stop = node.StopAsync(default);
        Assert.False(stop.IsCompleted);
        go.SetResult(Json("1"));
        await stop;
        Assert.Equal(2, world.Sent.Count);

        async Task<Answer<RawJson>> StopAsync(CallContext call, CancellationToken cancel)
        {
            await itself!.StopAsync(default);
            return Json("1");
        }
    }

    [Fact]
    public async Task A_handler_is_told_who_called_as_the_socket_says_it()
    {
        var callers = new List<PeerIdentity>();
        using var node = Started(("who", WhoAsync));
        var request = Document.Write(Request.Of(Id("r"), Task_("who"), Json("1"), Hook));
        node.ReceiveOnSocket(request, new PeerIdentity.UnixProcess(7, 8, 9));
        await node.StopAsync(default);
        node.Start();
        node.ReceiveOnSocket(request);
        await node.StopAsync(default);
        Assert.Equal([new PeerIdentity.UnixProcess(7, 8, 9), PeerIdentity.Local], callers);

        Task<Answer<RawJson>> WhoAsync(CallContext call, CancellationToken cancel)
        {
            callers.Add(call.Caller);
            return Task.FromResult<Answer<RawJson>>(Json("1"));
        }
    }

    [Fact]
    public async Task A_node_that_is_started_while_a_stop_still_cuts_is_not_cut_by_it()
    {
        var told = new TaskCompletionSource<Either<AcommError, Unit>>();
        using var node = Started(("slow", EndlessAsync), ("echo", EchoAsync));
        world.OnSend = (_, document, cancel) => Document.ReadResponse(document, Limits.Default).Right().Outcome is Outcome.Failure
            ? told.Task.WaitAsync(cancel)
            : Task.FromResult<Either<AcommError, Unit>>(cancel.IsCancellationRequested ? new AcommError.ShuttingDown() : Unit.Default);
        Receive(node, "slow");
        var stop = node.StopAsync(Second);
        world.Time.Advance(Second);
        await world.SentAsync(1);
        node.Start();
        await world.PassUntilAsync(stop);
        Receive(node, "echo");
        await node.StopAsync(default);
        Assert.Empty(world.Events.OfType<NodeEvent.AnswerLost>());
        Assert.IsType<Outcome.Success>(Document.ReadResponse(world.Sent.Last().Document, Limits.Default).Right().Outcome);
    }

    [Fact]
    public async Task A_response_from_outside_that_leads_where_it_may_not_is_counted_and_completes_nothing()
    {
        var outside = IpAddress.Parse("10.0.0.7").IfNone(default(IpAddress));
        world.Current = At("http://here:80/");
        using var node = Started();
        var call = node.Begin(At("http://10.0.0.7/"), Task_("t"), Json("1"), CallOptions.None);
        var token = Document.ReadRequest(world.Sent.Single().Document, Limits.Default).Right().ResponseHook.Map(TokenOf).IfNone(default(Token));
        var response = Response.Success(call.Id, Json("1")) with { StreamUrl = At("unix:///etc/x.sock") };
        var refused = Assert.IsType<Acknowledgement.Refused>(node.ReceiveResponse(Document.Write(response), outside, token));
        Assert.Equal("AddressForbidden", refused.Code);
        Assert.Equal((1L, 1), (node.State.Tally.Forbidden, node.Outstanding));
        Assert.Equal(Acknowledgement.Ok, node.ReceiveResponse(Document.Write(Response.Success(call.Id, Json("1"))), outside, token));
    }

    [Fact]
    public async Task A_sender_that_throws_is_an_event_and_the_node_goes_on()
    {
        using var node = Started(("echo", EchoAsync));
        var defect = new InvalidOperationException("a defect");
        world.OnSend = (_, _, _) => throw defect;
        Receive(node, "echo");
        await node.StopAsync(default);
        Assert.Equal(new NodeEvent.Faulted(defect), Assert.Single(world.Events));
        node.Start();
        Assert.Equal(Acknowledgement.Ok, Receive(node, "echo"));
    }

    [Theory]
    [InlineData("t", "has a handler already")]
    [InlineData("", "is no plain name")]
    public void Tasks_are_named_once_and_plainly(string second, string problem)
    {
        var refused = TaskTable.Create([new ServedTask("t", EchoAsync), new ServedTask(second, EchoAsync)]);
        Assert.Contains(problem, refused.Left().Message, StringComparison.Ordinal);
        Assert.Equal("task", Assert.IsType<AcommError.ValueInvalid>(refused.Left()).Thing);
    }

    [Fact]
    public async Task A_typed_handler_gets_its_args_and_its_result_is_written()
    {
        Assert.Equal(Json("42"), (await TypedAsync<int, int>(args => args * 2, "21")).IfLeft(RawJson.Null));
        Assert.StartsWith("ArgsMismatch:", (await TypedAsync<int, int>(args => args, "\"x\"")).Swap().IfLeft(""), StringComparison.Ordinal);
        Assert.StartsWith("Unserializable:", (await TypedAsync<int, double>(_ => double.NaN, "1")).Swap().IfLeft(""), StringComparison.Ordinal);
    }

    // Args that look like what is said of args that do not fit are args.
    [Fact]
    public async Task A_typed_handler_gets_two_texts()
    {
        var joined = await TypedAsync<Tuple<string, string>, string>(args => args.Item1 + args.Item2, """{"item1":"a","item2":"b"}""");
        Assert.Equal(Json("\"ab\""), joined.IfLeft(RawJson.Null));
    }

    private static Token TokenOf(Address hook) => Token.Parse(hook.RawQuery.Split('=')[1]).Right();

    private async Task<Either<string, RawJson>> TypedAsync<TArgs, TResult>(Func<TArgs, TResult> handle, string args)
    {
        var typed = TypedHandlers.Of<TArgs, TResult>(
            new PayloadCodec(System.Text.Json.JsonSerializerOptions.Web), (a, _, _) => Task.FromResult<Answer<TResult>>(handle(a)));
        var answered = new TaskCompletionSource<Answer<RawJson>>();
        using var node = Started(("typed", HandleAsync));
        node.ReceiveOnSocket(Document.Write(Request.Of(Id("r"), Task_("typed"), Json(args), Hook)));
        await node.StopAsync(default);
        return (await answered.Task).Outcome;

        async Task<Answer<RawJson>> HandleAsync(CallContext call, CancellationToken cancel)
        {
            var answer = await typed(call, cancel);
            answered.SetResult(answer);
            return answer;
        }
    }

    private AcommNode Started(params (string, TaskHandler)[] tasks)
    {
        var node = world.NewNode(null, tasks);
        node.Start();
        return node;
    }

    private static Acknowledgement Receive(AcommNode node, string task) =>
        node.ReceiveOnSocket(Document.Write(Request.Of(Id("r"), Task_(task), Json("[1]"), Hook)));

    private static Task<Answer<RawJson>> EchoAsync(CallContext call, CancellationToken cancel) =>
        Task.FromResult<Answer<RawJson>>(call.Request.Args);

    private static async Task<Answer<RawJson>> EndlessAsync(CallContext call, CancellationToken cancel)
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, cancel);
        return Json("1");
    }
}
