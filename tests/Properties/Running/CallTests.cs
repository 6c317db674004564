using Acomm.Domain;
using Acomm.Effects;
using LanguageExt;
using Xunit;
using static Acomm.Properties.Running.FakeWorld;

namespace Acomm.Properties.Running;

/// <summary>Calls on a node whose sending and time are in the test's hand.</summary>
public sealed class CallTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly Address Peer = At("unix:///peer.sock");
    private readonly FakeWorld world = new();

    [Fact]
    public async Task A_call_is_answered_on_the_nodes_own_hook()
    {
        using var node = Started();
        var call = node.Begin(Peer, Task_("echo"), Json("[1]"), CallOptions.None);
        var request = SentRequest();
        Assert.Equal(("echo", At("unix:///own.sock")), (request.Task.Value, request.ResponseHook));
        Assert.Equal(Acknowledgement.Ok, Answer(node, request.Succeed(Json("[1]"))));
        var reply = await call.Answer;
        Assert.Equal(Json("[1]"), reply.Map(r => r.Result));
    }

    [Fact]
    public async Task An_answer_that_comes_before_the_send_returns_is_the_answer()
    {
        using var node = Started();
        world.OnSend = (_, document, _) =>
        {
            Answer(node, Read(document).Succeed(Json("7")));
            return Task.FromResult<Either<AcommError, Unit>>(new AcommError.AckTimeout(Peer, Second));
        };
        var reply = await node.CallAsync<int, int>(Peer.ToString(), "t", 1);
        Assert.Equal(7, reply);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_send_that_certainly_failed_ends_the_call_at_once_and_another_one_does_not(bool certain)
    {
        using var node = Started();
        AcommError failure = certain ? new AcommError.PeerUnreachable(Peer, "gone") : new AcommError.AckTimeout(Peer, Second);
        world.OnSend = (_, _, _) => Task.FromResult<Either<AcommError, Unit>>(failure);
        var call = node.Begin(Peer, Task_("t"), RawJson.Null, new CallOptions { Timeout = Second });
        Assert.Equal(certain ? 0 : 1, node.Outstanding);
        if (!certain)
            Answer(node, SentRequest().Succeed(Json("1")));
        var reply = await call.Answer;
        Assert.Equal(certain, reply.IsLeft);
        Assert.Equal(certain ? failure : null, reply.Case as AcommError);
    }

    [Fact]
    public async Task A_peer_that_never_acknowledges_does_not_hold_a_call_past_its_timeout()
    {
        using var node = Started();
        var given = new TaskCompletionSource<Either<AcommError, Unit>>();
        world.OnSend = (_, _, cancel) =>
        {
            cancel.Register(() => given.TrySetCanceled());
            return given.Task;
        };
        var call = node.Begin(Peer, Task_("t"), RawJson.Null, new CallOptions { Timeout = Second });
        world.Time.Advance(Second * 2);
        Assert.IsType<AcommError.TimedOut>((await call.Answer).Case);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given.Task);
    }

    [Fact]
    public async Task A_duplicate_id_is_refused_and_the_first_caller_is_still_answered()
    {
        using var node = Started();
        var options = new CallOptions { Id = Id("same") };
        var first = node.Begin(Peer, Task_("t"), RawJson.Null, options);
        var second = node.Begin(Peer, Task_("t"), RawJson.Null, options);
        Assert.IsType<AcommError.DuplicateId>((await second.Answer).Case);
        second.Remove();
        Assert.Single(world.Sent);
        Answer(node, SentRequest().Succeed(Json("1")));
        Assert.True((await first.Answer).IsRight);
    }

    [Fact]
    public async Task A_cancelled_call_ends_as_cancelled_and_its_answer_is_late()
    {
        using var node = Started();
        using var cancel = new CancellationTokenSource();
        var call = node.CallAsync<int, int>(Peer.ToString(), "t", 1, cancel.Token);
        await cancel.CancelAsync();
        Assert.IsType<AcommError.Cancelled>((await call).Case);
        var ack = Assert.IsType<Acknowledgement.Refused>(Answer(node, SentRequest().Succeed(Json("1"))));
        Assert.Equal("ResponseLate", ack.Code);
    }

    [Fact]
    public async Task A_peer_that_is_overloaded_is_tried_again_within_the_deadline()
    {
        using var node = Started();
        var answers = new Queue<Either<AcommError, Unit>>([new AcommError.PeerOverloaded(Peer), Unit.Default]);
        var sent = new SemaphoreSlim(0);
        world.OnSend = (_, _, _) =>
        {
            sent.Release();
            return Task.FromResult(answers.Dequeue());
        };
        var call = node.Begin(Peer, Task_("t"), RawJson.Null, CallOptions.None);
        await sent.WaitAsync();
        Assert.Equal(1, node.Outstanding);
        world.Time.Advance(Second);
        await sent.WaitAsync();
        Answer(node, SentRequest().Succeed(Json("1")));
        Assert.True((await call.Answer).IsRight);
    }

    [Fact]
    public async Task A_wrong_address_and_a_wrong_task_are_told_of_together_and_nothing_is_sent()
    {
        using var node = Started();
        var called = await node.CallAsync<int, int>("ftp://x", "", 1);
        var invalid = Assert.IsType<AcommError.DocumentInvalid>(called.Case);
        Assert.Equal(["task", "to"], invalid.Problems.Map(p => p.Thing).OrderBy(t => t));
        Assert.Empty(world.Sent);
    }

    [Fact]
    public async Task A_call_to_another_machine_needs_an_address_to_be_answered_at_and_gives_it_a_token()
    {
        using var node = Started();
        var http = At("http://10.0.0.7/");
        Assert.IsType<AcommError.NoPublicUrl>((await node.Begin(http, Task_("t"), RawJson.Null, CallOptions.None).Answer).Case);
        world.Current = At("http://10.0.0.8:5000/");
        var call = node.Begin(http, Task_("t"), RawJson.Null, CallOptions.None);
        var request = SentRequest();
        var hook = request.ResponseHook.IfNone(Peer);
        Assert.StartsWith("http://10.0.0.8:5000/proxy?token=", hook.ToString(), StringComparison.Ordinal);
        var from = IpAddress.Parse("10.0.0.7").IfNone(default(IpAddress));
        var answer = Document.Write(request.Succeed(Json("1")));
        Assert.Equal("ResponseForbidden", (node.ReceiveResponse(answer, from, default) as Acknowledgement.Refused)?.Code);
        var token = Token.Parse(hook.RawQuery["token=".Length..]).ToOption();
        Assert.Equal(Acknowledgement.Ok, node.ReceiveResponse(answer, from, token));
        Assert.True((await call.Answer).IsRight);
    }

    [Fact]
    public async Task A_stream_of_a_call_that_cannot_be_sent_is_withdrawn_and_of_one_that_is_refused_disposed()
    {
        using var node = Started();
        world.OnSend = (_, _, _) => Task.FromResult<Either<AcommError, Unit>>(new AcommError.PeerUnreachable(Peer, "gone"));
        await node.Begin(Peer, Task_("t"), RawJson.Null, new CallOptions { Stream = StreamSource.From(new MemoryStream()) }).Answer;
        Assert.Equal(world.Offered.Keys, world.Withdrawn);
        var source = new MemoryStream();
        await node.Begin(Peer, Task_("t"), RawJson.Null, new CallOptions { Stream = StreamSource.From(source), Timeout = -Second }).Answer;
        Assert.False(source.CanRead);
    }

    [Fact]
    public async Task Exactly_one_of_two_handlers_runs()
    {
        using var node = Started();
        var ran = new List<string>();
        var good = node.Begin(Peer, Task_("t"), RawJson.Null, new CallOptions { Id = Id("good") });
        var bad = node.Begin(Peer, Task_("t"), RawJson.Null, new CallOptions { Id = Id("bad") });
        Answer(node, Response.Success(Id("good"), Json("1")));
        Answer(node, Response.Failure(Id("bad"), ""));
        foreach (var call in new[] { good, bad })
            await call.HandleAsync(r => Note($"result {r.Result}"), e => Note(e.ToString()));
        Assert.Equal(["result 1", $"TaskFailed: {Outcome.Failure.Unspecified}"], ran);

        Task Note(string what)
        {
            ran.Add(what);
            return Task.CompletedTask;
        }
    }

    private AcommNode Started()
    {
        var node = world.NewNode();
        node.Start();
        return node;
    }

    private Request SentRequest() => Read(world.Sent.Last().Document);

    private static Request Read(ReadOnlyMemory<byte> document) =>
        Document.ReadRequest(document, Limits.Default).IfLeft(error => throw new InvalidOperationException(error.ToString()));

    private static Acknowledgement Answer(AcommNode node, Response response) => node.ReceiveOnSocket(Document.Write(response));
}
