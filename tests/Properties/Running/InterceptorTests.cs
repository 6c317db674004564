using Acomm.Domain;
using Acomm.Effects;
using LanguageExt;
using Xunit;
using static Acomm.Properties.Running.FakeWorld;

namespace Acomm.Properties.Running;

/// <summary>What stands around calls and handlers: it sees, changes, answers instead, and harms nothing but its own call.</summary>
public sealed class InterceptorTests
{
    private const string Parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    private static readonly Address Peer = At("unix:///peer.sock");
    private readonly FakeWorld world = new();
    private readonly List<string> seen = [];

    [Fact]
    public async Task The_first_is_the_outermost_of_calls_and_of_handlers()
    {
        world.Interceptors = [Noting("a"), Noting("b")];
        using var node = Started(("echo", (call, _) => Noted("handler", call.Request.Args)));
        await AnsweredAsync(node, "1");
        Assert.Equal(["a calls", "b calls", "b has 1", "a has 1"], seen);

        seen.Clear();
        Receive(node, "echo");
        await node.StopAsync(default);
        Assert.Equal(["a handles", "b handles", "handler", "b handled", "a handled"], seen);
    }

    [Fact]
    public async Task A_call_and_its_answer_can_be_changed_and_a_typed_call_gets_what_was_made_of_them()
    {
        world.Interceptors =
        [
            new Around(call: (call, next) => next(call with { Args = Json("2"), Task = Task_("other"), Trace = TraceContext.Parse(Parent) })
                .Then(ended => ended.Map(reply => reply with { Result = Json($"{reply.Result}0") }))),
        ];
        using var node = Started();
        var call = node.RequestAsync<int, int>(Peer, Task_("t"), 1, CallOptions.None);
        Assert.Equal((Json("2"), "other", TraceContext.Parse(Parent)), (SentRequest().Args, SentRequest().Task.Value, SentRequest().Trace));
        Answer(node, SentRequest().Succeed(Json("4")));
        Assert.Equal(40, (await call).Map(reply => reply.Result));
    }

    [Fact]
    public async Task A_result_that_was_changed_to_what_does_not_fit_is_told_so()
    {
        world.Interceptors = [new Around(call: (call, _) => call.End(Json("\"text\"")))];
        using var node = Started();
        var error = Assert.IsType<AcommError.ResultMismatch>((await node.RequestAsync<int, int>(Peer, Task_("t"), 1, CallOptions.None)).Case);
        Assert.Equal("t", error.Task.Value);
    }

    [Fact]
    public async Task A_call_that_is_answered_instead_sends_nothing_and_its_stream_is_disposed()
    {
        world.Interceptors = [Noting("outer"), new Around(call: (call, _) => call.End(Json("7")))];
        using var node = Started();
        var source = new MemoryStream();
        var options = new CallOptions { Id = Id("mine"), Stream = StreamSource.From(source) };
        var reply = await node.RequestAsync<int, int>(Peer, Task_("t"), 1, options);
        Assert.Equal((Id("mine"), 7), reply.Map(r => (r.Id, r.Result)));
        Assert.Empty(world.Sent);
        await node.StopAsync(default);
        Assert.False(source.CanRead);
        Assert.Equal(["outer calls", "outer has 7"], seen);
    }

    [Fact]
    public async Task A_call_can_be_made_again()
    {
        world.Interceptors =
        [
            new Around(call: (call, next) => next(call).ThenAsync(ended => ended.IsLeft ? next(call).Answer : Task.FromResult(ended))),
        ];
        using var node = Started();
        world.OnSend = (_, _, _) => Task.FromResult<Either<AcommError, Unit>>(
            world.Sent.Count == 1 ? new AcommError.Rejected(Peer, "not now", default) : Unit.Default);
        var call = node.Begin(Peer, Task_("t"), RawJson.Null, CallOptions.None);
        await world.SentAsync(2);
        Answer(node, SentRequest().Succeed(Json("1")));
        Assert.True((await call.Answer).IsRight);
    }

    [Fact]
    public async Task A_call_that_is_cancelled_is_cancelled_through_all_that_stands_around_it()
    {
        world.Interceptors = [Noting("a"), Noting("b")];
        using var node = Started();
        using var cancel = new CancellationTokenSource();
        var call = node.RequestAsync<int, int>(Peer, Task_("t"), 1, CallOptions.None, cancel.Token);
        await cancel.CancelAsync();
        Assert.IsType<AcommError.Cancelled>((await call).Case);
        Assert.Equal(0, node.Outstanding);
    }

    [Theory]
    [InlineData("before", Delivery.NotSent)]
    [InlineData("after", Delivery.Indeterminate)]
    [InlineData("then", Delivery.Indeterminate)]
    [InlineData("null", Delivery.NotSent)]
    public async Task What_throws_around_a_call_ends_that_call_and_no_other(string when, Delivery delivery)
    {
        var isOn = true;
        world.Interceptors = [Noting("outer"), new Around(call: (call, next) => !isOn ? next(call) : when switch
        {
            "before" => throw new FormatException("a secret"),
            "after" => next(call) is null ? call.End(RawJson.Null) : throw new FormatException("a secret"),
            "then" => next(call).Then(_ => throw new FormatException("a secret")),
            _ => null!,
        })];
        using var node = Started();
        world.OnSend = (_, document, _) =>
        {
            Answer(node, Read(document).Succeed(Json("1")));
            return Task.FromResult<Either<AcommError, Unit>>(Unit.Default);
        };
        var source = new MemoryStream();
        var failed = await node.Begin(Peer, Task_("t"), RawJson.Null, new CallOptions { Stream = StreamSource.From(source) }).Answer;
        var error = Assert.IsType<AcommError.InterceptorFailed>(failed.Case);
        Assert.Equal((nameof(Around), delivery), (error.Interceptor, error.Delivery));
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, node.Outstanding);
        Assert.Single(world.Events.OfType<NodeEvent.InterceptorThrew>());

        isOn = false;
        Assert.True((await node.Begin(Peer, Task_("t"), RawJson.Null, CallOptions.None).Answer).IsRight);
        await node.StopAsync(default);
        Assert.Equal(delivery == Delivery.NotSent, !source.CanRead);
    }

    [Fact]
    public async Task What_throws_around_a_handler_is_told_as_its_own_failure()
    {
        world.Interceptors = [Noting("outer"), new Around(handle: (_, _, _) => throw new FormatException("a secret"))];
        using var node = Started(("t", (call, _) => Noted("handler", RawJson.Null)));
        Receive(node, "t");
        await node.StopAsync(default);
        Assert.Equal("InterceptorFailed: the interceptor Around of the task 't' failed with FormatException", FailureText());
        Assert.Equal(["outer handles"], seen);
        Assert.IsType<FormatException>(Assert.Single(world.Events.OfType<NodeEvent.InterceptorThrew>()).Exception);
        Assert.Empty(world.Events.OfType<NodeEvent.HandlerThrew>());
    }

    [Fact]
    public async Task What_a_handler_throws_comes_through_and_is_the_handlers_unless_something_is_made_of_it()
    {
        var isOn = false;
        world.Interceptors = [new Around(handle: async (call, next, cancel) =>
        {
            try
            {
                return await next(call, cancel);
            }
            catch (FormatException) when (isOn)
            {
                return Effects.Answer.Fail("made of it");
            }
        })];
        using var node = Started(("t", (_, _) => throw new FormatException()));
        Receive(node, "t");
        await world.SentAsync(1);
        Assert.StartsWith("HandlerFailed:", FailureText(), StringComparison.Ordinal);
        isOn = true;
        Receive(node, "t");
        await world.SentAsync(1);
        Assert.Equal("made of it", FailureText());
        Assert.Single(world.Events.OfType<NodeEvent.HandlerThrew>());
    }

    [Fact]
    public async Task A_handler_that_is_cut_is_told_as_that_through_all_that_stands_around_it()
    {
        world.Interceptors = [Noting("a")];
        using var node = Started(("t", UntilCutAsync));
        Receive(node, "t");
        var stop = node.StopAsync(TimeSpan.FromSeconds(1));
        world.Time.Advance(TimeSpan.FromSeconds(1));
        await world.SentAsync(1);
        await world.PassUntilAsync(stop);
        Assert.StartsWith("CutByShutdown:", FailureText(), StringComparison.Ordinal);

        static async Task<Answer<RawJson>> UntilCutAsync(CallContext call, CancellationToken cancel)
        {
            await Task.Delay(Timeout.Infinite, cancel);
            return RawJson.Null;
        }
    }

    [Fact]
    public async Task What_is_not_enabled_is_not_called()
    {
        world.Interceptors = [Noting("off", isEnabled: false)];
        using var node = Started(("echo", (call, _) => Noted("handler", call.Request.Args)));
        await AnsweredAsync(node, "1");
        Receive(node, "echo");
        await node.StopAsync(default);
        world.Interceptors = [Noting("off", isEnabled: false), Noting("on")];
        using var other = Started();
        await AnsweredAsync(other, "1");
        Assert.Equal(["handler", "on calls", "on has 1"], seen);
    }

    [Fact]
    public async Task The_trace_of_an_answer_comes_back_and_can_be_seen_around_the_call()
    {
        PendingCall? inner = null;
        world.Interceptors =
        [
            new Around(
                call: (call, next) => (inner = next(call)).Then(ended => ended),
                handle: async (call, next, cancel) => await next(call, cancel) with { Trace = TraceContext.Parse(Parent) }),
        ];
        using var node = Started(("t", (_, _) => Noted("handler", RawJson.Null)));
        world.OnSend = (to, document, _) =>
        {
            node.ReceiveOnSocket(document);
            return Task.FromResult<Either<AcommError, Unit>>(Unit.Default);
        };
        var call = node.Begin(At("unix:///own.sock"), Task_("t"), RawJson.Null, CallOptions.None);
        await call.Answer;
        Assert.Equal((TraceContext.Parse(Parent), TraceContext.Parse(Parent)), (call.AnswerTrace, inner!.AnswerTrace));
    }

    private Around Noting(string name, bool isEnabled = true) => new(
        (call, next) =>
        {
            seen.Add($"{name} calls");
            return next(call).Then(ended =>
            {
                seen.Add($"{name} has {ended.Map(reply => reply.Result.ToString()).IfLeft(error => error.Name)}");
                return ended;
            });
        },
        async (call, next, cancel) =>
        {
            seen.Add($"{name} handles");
            var answer = await next(call, cancel);
            seen.Add($"{name} handled");
            return answer;
        },
        isEnabled);

    private Task<Answer<RawJson>> Noted(string what, RawJson result)
    {
        seen.Add(what);
        return Task.FromResult<Answer<RawJson>>(result);
    }

    private AcommNode Started(params (string, TaskHandler)[] tasks)
    {
        var node = world.NewNode(null, tasks);
        node.Start();
        return node;
    }

    private async Task AnsweredAsync(AcommNode node, string result)
    {
        var call = node.Begin(Peer, Task_("t"), RawJson.Null, CallOptions.None);
        Answer(node, SentRequest().Succeed(Json(result)));
        await call.Answer;
    }

    private static void Receive(AcommNode node, string task) =>
        node.ReceiveOnSocket(Document.Write(Request.Of(Id("r1"), Task_(task), Json("[1]"), Peer)));

    private static void Answer(AcommNode node, Response response) => node.ReceiveOnSocket(Document.Write(response));

    private Request SentRequest() => Read(world.Sent.Last().Document);

    private string FailureText() => Document.ReadResponse(world.Sent.Last().Document, Limits.Default).Match(
        Right: response => ((Outcome.Failure)response.Outcome).Text, Left: error => throw new InvalidOperationException(error.ToString()));

    private static Request Read(ReadOnlyMemory<byte> document) =>
        Document.ReadRequest(document, Limits.Default).IfLeft(error => throw new InvalidOperationException(error.ToString()));

    private sealed class Around(
        Func<OutgoingCall, Func<OutgoingCall, PendingCall>, PendingCall>? call = null,
        Func<CallContext, TaskHandler, CancellationToken, Task<Answer<RawJson>>>? handle = null,
        bool isEnabled = true) : AcommInterceptor
    {
        public override bool IsEnabled => isEnabled;

        public override PendingCall Call(OutgoingCall outgoing, Func<OutgoingCall, PendingCall> next) =>
            call is null ? base.Call(outgoing, next) : call(outgoing, next);

        public override Task<Answer<RawJson>> HandleAsync(CallContext context, TaskHandler next, CancellationToken cancel) =>
            handle is null ? base.HandleAsync(context, next, cancel) : handle(context, next, cancel);
    }
}
