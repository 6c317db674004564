using Acomm.Domain;
using Acomm.Effects;
using LanguageExt;
using Xunit;
using static Acomm.Properties.Running.FakeWorld;

namespace Acomm.Properties.Running;

/// <summary>A caller says how long it waits, and when it waits no more.</summary>
public sealed class TellingTests
{
    private static readonly Address Worker = At("unix:///worker.sock");
    private readonly FakeWorld world = new();
    private readonly List<Message> told = [];
    private bool isKept = true;

    public TellingTests()
    {
        world.OnTrySend = (_, document, sent) =>
        {
            if (!isKept)
                return false;
            told.Add(Read(document));
            sent.Done(Unit.Default);
            return true;
        };
        world.OnTell = (_, document) => told.Add(Read(document));
    }

    [Fact]
    public void A_request_says_how_long_its_caller_waits()
    {
        using var node = Started();
        node.Begin(Worker, Task_("t"), RawJson.Null, new CallOptions { Timeout = TimeSpan.FromMilliseconds(1_500) });
        node.Begin(Worker, Task_("t"), RawJson.Null, CallOptions.None);
        Assert.Equal([TimeSpan.FromMilliseconds(1_500), TimeSpan.FromSeconds(60)], told.Cast<Message.OfRequest>().Select(of => of.Request.Timeout));
    }

    [Fact]
    public async Task A_request_that_is_sent_again_says_how_much_of_that_is_left()
    {
        // Time passes faster here than work is done.
        var timeout = TimeSpan.FromDays(20);
        isKept = false;
        world.OnSend = (to, _, _) => Task.FromResult<Either<AcommError, Unit>>(world.Sent.Count == 1 ? new AcommError.PeerOverloaded(to) : Unit.Default);
        using var node = Started();
        node.Begin(Worker, Task_("t"), RawJson.Null, new CallOptions { Timeout = timeout });
        var again = world.SentAsync(2);
        await world.PassUntilAsync(Through(again));
        var left = world.Sent.Select(sent => ((Message.OfRequest)Read(sent.Document)).Request.Timeout.IfNone(TimeSpan.Zero)).ToArray();
        Assert.Equal(timeout, left[0]);
        Assert.InRange(left[1], TimeSpan.FromTicks(1), timeout - TimeSpan.FromTicks(1));

        static async Task<bool> Through(Task task)
        {
            await task;
            return true;
        }
    }

    [Fact]
    public async Task A_call_that_is_given_up_is_cancelled_at_its_receiver_once()
    {
        using var node = Started();
        using var cancel = new CancellationTokenSource();
        var removed = node.Begin(Worker, Task_("t"), RawJson.Null, CallOptions.None);
        var cancelled = node.RequestAsync<RawJson, RawJson>(Worker, Task_("t"), RawJson.Null, new CallOptions { Id = Id("2") }, cancel.Token);
        told.Clear();
        removed.Remove();
        removed.Remove();
        await cancel.CancelAsync();
        await cancelled;
        Assert.Equal(
            [new Cancellation(removed.Id, node.Address), new Cancellation(Id("2"), node.Address)],
            told.Cast<Message.OfCancellation>().Select(of => of.Cancellation));
    }

    [Fact]
    public async Task Nothing_is_cancelled_that_was_answered_or_timed_out_or_was_never_sent()
    {
        using var node = Started();
        var answered = node.Begin(Worker, Task_("t"), RawJson.Null, CallOptions.None);
        var late = node.Begin(Worker, Task_("t"), RawJson.Null, new CallOptions { Timeout = TimeSpan.FromSeconds(1) });
        var refused = node.Begin(Worker, Task_("t"), RawJson.Null, new CallOptions { Timeout = TimeSpan.Zero });
        node.ReceiveOnSocket(Document.Write(Response.Success(answered.Id, RawJson.Null)));
        world.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.IsType<AcommError.TimedOut>((await late.Answer).Case);
        told.Clear();
        foreach (var call in new[] { answered, late, refused })
            call.Remove();
        Assert.Empty(told);
    }

    [Fact]
    public async Task Over_http_it_is_cancelled_by_the_very_hook_that_it_was_sent_with_token_and_all()
    {
        using var node = Started();
        world.Current = At("http://10.0.0.1/");
        isKept = false;
        var call = node.Begin(At("http://10.0.0.7/"), Task_("t"), RawJson.Null, CallOptions.None);
        await world.SentAsync(1);
        var hook = ((Message.OfRequest)Read(world.Sent.Single().Document)).Request.ResponseHook;
        call.Remove();
        Assert.Equal(new Cancellation(call.Id, hook.IfNone(Worker)), Assert.IsType<Message.OfCancellation>(Assert.Single(told)).Cancellation);
        Assert.Single(world.Sent);
    }

    private AcommNode Started()
    {
        var node = world.NewNode();
        node.Start();
        return node;
    }

    private static Message Read(ReadOnlyMemory<byte> document) =>
        Document.ReadMessage(document, Limits.Default).IfLeft(error => throw new InvalidOperationException(error.ToString()));
}
