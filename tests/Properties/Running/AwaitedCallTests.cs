using System.Collections.Concurrent;
using Acomm.Domain;
using Acomm.Effects;
using LanguageExt;
using Xunit;
using static Acomm.Properties.Running.FakeWorld;

namespace Acomm.Properties.Running;

/// <summary>Handlers end when nobody waits for them any more, and never before.</summary>
public sealed class AwaitedCallTests
{
    private static readonly Address Hook = At("unix:///caller.sock");
    private static readonly PeerIdentity User = new PeerIdentity.UnixProcess(1, 1, 1);
    private static readonly IpAddress Outside = IpAddress.Parse("10.0.0.7").IfNone(default(IpAddress));
    private readonly FakeWorld world = new();
    private readonly ConcurrentDictionary<RequestId, (CallContext Call, CancellationToken Cancel)> running = new();
    private readonly SemaphoreSlim starts = new(0);
    private readonly SemaphoreSlim ends = new(0);

    [Props(typeof(Generators.Messages), 50)]
    public sealed class Timed
    {
        [Prop]
        public void A_handler_is_interrupted_when_the_time_of_its_caller_is_over_and_not_before(ushort[] timeouts, ushort[] steps) =>
            new AwaitedCallTests().InterruptedInTimeAsync(timeouts, steps).GetAwaiter().GetResult();
    }

    [Fact]
    public async Task The_answer_of_a_handler_whose_time_is_over_is_not_sent_even_if_it_does_not_listen()
    {
        using var node = Started();
        await ReceiveAsync(node, "stubborn", "1", TimeSpan.FromSeconds(1));
        await ReceiveAsync(node, "slow", "2", TimeSpan.FromSeconds(1));
        world.Time.Advance(TimeSpan.FromSeconds(1));
        ends.Release();
        Assert.Equal(default, await node.StopAsync(default));
        Assert.Empty(world.Sent);
        Assert.Empty(world.Events);
    }

    [Fact]
    public async Task Who_waits_for_a_handler_longer_than_his_caller_for_him_never_comes_into_it()
    {
        using var node = Started(Limits.Default with { Handlers = 1 });
        await ReceiveAsync(node, "stubborn", "1", Option<TimeSpan>.None);
        Assert.Equal(Acknowledgement.Ok, node.ReceiveOnSocket(Document.Write(NewRequest("stubborn", "2") with { Timeout = TimeSpan.FromSeconds(1) }), User));
        world.Time.Advance(TimeSpan.FromSeconds(1));
        ends.Release();
        Assert.Equal(default, await node.StopAsync(default));
        Assert.Equal([Id("1")], running.Keys);
        Assert.Single(world.Sent);
    }

    [Fact]
    public async Task A_cancellation_interrupts_the_handler_that_it_means_and_is_accepted_whatever_it_means()
    {
        using var node = Started();
        await ReceiveAsync(node, "slow", "1", TimeSpan.FromSeconds(60));
        await ReceiveAsync(node, "slow", "2", TimeSpan.FromSeconds(60));
        foreach (var (id, hook, from) in new[] { ("1", At("unix:///other.sock"), User), ("3", Hook, User), ("1", Hook, new PeerIdentity.UnixProcess(2, 1, 1)), ("1", Hook, PeerIdentity.Local) })
            Assert.Equal(Acknowledgement.Ok, Cancel(node, id, hook, from));
        Assert.DoesNotContain(running.Values, handler => handler.Cancel.IsCancellationRequested);

        Assert.Equal(Acknowledgement.Ok, Cancel(node, "1", Hook, User));
        Assert.Equal([Id("1")], running.Where(handler => handler.Value.Cancel.IsCancellationRequested).Select(handler => handler.Key));

        // One for each: that which is cancelled may have taken it before.
        ends.Release(2);
        await node.StopAsync(default);
        Assert.Equal(Id("2"), Assert.Single(world.Sent.Select(Response)).Id);
    }

    [Fact]
    public async Task Over_http_whoever_shows_the_hook_of_a_request_cancels_it_and_it_is_open_no_more()
    {
        var hook = At("http://10.0.0.7:81/proxy?token=" + new string('a', 64));
        using var node = Started();
        world.LoopBack(node);
        foreach (var id in new[] { "1", "2" })
        {
            node.ReceiveRequest(Document.Write(NewRequest("slow", id) with { ResponseHook = hook, Timeout = TimeSpan.FromSeconds(60) }), Outside);
            await starts.WaitAsync();
        }

        Assert.Equal(Acknowledgement.Ok, node.ReceiveRequest(Document.Write(new Cancellation(Id("1"), At("http://10.0.0.7:81/proxy"))), Outside));
        Assert.Equal(Acknowledgement.Ok, Cancel(node, "1", hook, User));
        Assert.Equal(2, node.Outstanding);

        Assert.Equal(Acknowledgement.Ok, node.ReceiveRequest(Document.Write(new Cancellation(Id("1"), hook)), Outside));
        Assert.Equal([Id("1")], running.Where(handler => handler.Value.Cancel.IsCancellationRequested).Select(handler => handler.Key));
        ends.Release(2);
        await node.StopAsync(default);
        Assert.Equal((1, 1), (node.Tally.Cancelled, node.Tally.Answered));
        Assert.Equal(Id("2"), Assert.Single(world.Sent.Where(sent => sent.To == hook).Select(Response)).Id);
    }

    [Fact]
    public async Task A_cancellation_of_a_request_that_was_passed_on_goes_the_same_way()
    {
        var worker = At("unix:///worker.sock");
        var told = new ConcurrentQueue<(Address To, Message Message)>();
        world.OnTell = (to, document) => told.Enqueue((to, Document.ReadMessage(document, Limits.Default).Right()));
        using var node = Started();
        foreach (var (id, timeout) in new[] { ("1", Prelude.Some(TimeSpan.FromSeconds(60))), ("2", Prelude.Some(TimeSpan.FromSeconds(60))), ("3", Prelude.None) })
            Assert.Equal(Acknowledgement.Ok, node.ReceiveOnSocket(Document.Write(NewRequest("far", id) with { TaskUrl = worker, Timeout = timeout }), User));
        await world.SentAsync(3);
        node.ReceiveOnSocket(Document.Write(Domain.Response.Success(Id("2"), RawJson.Null)));
        await world.SentAsync(1);

        Cancel(node, "1", Hook, new PeerIdentity.UnixProcess(2, 1, 1));
        Cancel(node, "2", Hook, User);
        Cancel(node, "3", Hook, User);
        Assert.Empty(told);
        Cancel(node, "1", Hook, User);
        Cancel(node, "1", Hook, User);

        var (to, message) = Assert.Single(told);
        Assert.Equal(worker, to);
        Assert.Equal(new Cancellation(Id("1"), node.Address), Assert.IsType<Message.OfCancellation>(message).Cancellation);
        Assert.Equal((1, 1), (node.Outstanding, node.Tally.Cancelled));
        Assert.Equal(Id("2"), Assert.Single(world.Sent.Where(sent => sent.To == Hook).Select(Response)).Id);
    }

    [Fact]
    public async Task A_request_that_a_stop_cut_while_it_was_passed_on_is_forgotten()
    {
        var told = 0;
        world.OnTell = (_, _) => told++;
        world.OnSend = (_, _, cancel) => Task.Delay(Timeout.Infinite, cancel).ContinueWith<Either<AcommError, Unit>>(_ => Unit.Default, cancel);
        using var node = Started();
        var request = Document.Write(NewRequest("far", "1") with { TaskUrl = At("unix:///worker.sock"), Timeout = TimeSpan.FromSeconds(60) });
        node.ReceiveOnSocket(request, User);
        await world.SentAsync(1);
        await world.PassUntilAsync(node.StopAsync(TimeSpan.Zero));

        // What was cut is through only now.
        await node.StopAsync(default);
        node.Start();

        Assert.Equal(Acknowledgement.Ok, node.ReceiveOnSocket(request, User));
        Cancel(node, "1", Hook, User);

        Assert.Equal((1, 0), (told, node.Outstanding));
    }

    [Fact]
    public async Task A_request_that_does_not_say_how_long_it_waits_is_neither_timed_nor_cancelled()
    {
        using var node = Started();
        await ReceiveAsync(node, "slow", "1", Option<TimeSpan>.None);
        Assert.Equal(Option<TimeSpan>.None, running[Id("1")].Call.TimeLeft);
        Cancel(node, "1", Hook, User);
        world.Time.Advance(TimeSpan.FromDays(31));
        Assert.False(running[Id("1")].Cancel.IsCancellationRequested);
        ends.Release();
        await node.StopAsync(default);
        Assert.Single(world.Sent);
    }

    [Fact]
    public async Task A_handler_is_told_how_much_time_is_left()
    {
        using var node = Started();
        await ReceiveAsync(node, "stubborn", "1", TimeSpan.FromSeconds(10));
        var call = running[Id("1")].Call;
        Assert.Equal(TimeSpan.FromSeconds(10), call.TimeLeft);
        world.Time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(TimeSpan.FromSeconds(6), call.TimeLeft);
        world.Time.Advance(TimeSpan.FromSeconds(7));
        Assert.Equal(TimeSpan.Zero, call.TimeLeft);
        ends.Release();
    }

    [Fact]
    public async Task A_stop_that_waits_no_longer_cuts_it_too_and_whoever_waits_is_told()
    {
        using var node = Started();
        await ReceiveAsync(node, "slow", "1", TimeSpan.FromSeconds(60));
        var stop = node.StopAsync(TimeSpan.FromSeconds(1));
        world.Time.Advance(TimeSpan.FromSeconds(1));
        await world.SentAsync(1);
        Assert.Equal(1, (await world.PassUntilAsync(stop)).CutHandlers);
        Assert.StartsWith("CutByShutdown:", ((Outcome.Failure)Response(world.Sent.Single()).Outcome).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_it_was_answered_an_id_may_be_used_and_cancelled_again()
    {
        using var node = Started();
        await ReceiveAsync(node, "slow", "1", TimeSpan.FromSeconds(60));
        ends.Release();
        await world.SentAsync(1);
        Cancel(node, "1", Hook, User);
        Assert.False(running[Id("1")].Cancel.IsCancellationRequested);
        await ReceiveAsync(node, "slow", "1", TimeSpan.FromSeconds(60));
        Cancel(node, "1", Hook, User);
        Assert.True(running[Id("1")].Cancel.IsCancellationRequested);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3600, 3600)]
    [InlineData(100_000, 86_400)]
    public async Task The_answer_to_a_request_from_outside_is_waited_for_as_long_as_its_caller_does_within_a_limit(int timeout, int waited)
    {
        using var node = Started();
        var request = NewRequest("stubborn", "1") with { ResponseHook = At("http://10.0.0.7/hook"), Timeout = TimeSpan.FromSeconds(timeout) };
        Assert.Equal(Acknowledgement.Ok, node.ReceiveRequest(Document.Write(request), Outside));
        await starts.WaitAsync();
        world.Time.Advance(TimeSpan.FromSeconds(waited) - TimeSpan.FromTicks(1));
        Assert.Equal(1, node.Outstanding);
        world.Time.Advance(Tracker.Tick);
        Assert.Equal(0, node.Outstanding);
        Assert.Equal(timeout == waited, running[Id("1")].Cancel.IsCancellationRequested);
        ends.Release();
    }

    private async Task InterruptedInTimeAsync(ushort[] timeouts, ushort[] steps)
    {
        using var node = Started();
        var due = new Dictionary<RequestId, TimeSpan>();
        foreach (var timeout in timeouts)
        {
            var left = TimeSpan.FromMilliseconds(timeout + 1);
            await ReceiveAsync(node, "stubborn", $"{due.Count}", left);
            due.Add(Id($"{due.Count}"), left);
        }

        var passed = TimeSpan.Zero;
        foreach (var step in steps)
        {
            world.Time.Advance(TimeSpan.FromMilliseconds(step));
            passed += TimeSpan.FromMilliseconds(step);
            foreach (var (id, left) in due)
            {
                var isOver = running[id].Cancel.IsCancellationRequested;
                Assert.False(isOver && passed < left, $"{id} ended after {passed}, its caller waits {left}");
                Assert.False(!isOver && passed >= left + Tracker.Tick, $"{id} went on after {passed}, its caller waited {left}");
            }
        }

        ends.Release(Math.Max(1, timeouts.Length));
        await node.StopAsync(default);
        Assert.Equal(due.Count(d => !running[d.Key].Cancel.IsCancellationRequested), world.Sent.Count);
    }

    private AcommNode Started(Limits? limits = null)
    {
        var node = world.NewNode(limits, ("slow", SlowAsync), ("stubborn", StubbornAsync));
        node.Start();
        return node;
    }

    private async Task<Answer<RawJson>> SlowAsync(CallContext call, CancellationToken cancel)
    {
        running[call.Id] = (call, cancel);
        starts.Release();
        await ends.WaitAsync(cancel);
        return Json("1");
    }

    private async Task<Answer<RawJson>> StubbornAsync(CallContext call, CancellationToken cancel)
    {
        running[call.Id] = (call, cancel);
        starts.Release();
        await ends.WaitAsync(CancellationToken.None);
        return Json("1");
    }

    private async Task ReceiveAsync(AcommNode node, string task, string id, Option<TimeSpan> timeout)
    {
        Assert.Equal(Acknowledgement.Ok, node.ReceiveOnSocket(Document.Write(NewRequest(task, id) with { Timeout = timeout }), User));
        await starts.WaitAsync();
    }

    private static Acknowledgement Cancel(AcommNode node, string id, Address hook, PeerIdentity from) =>
        node.ReceiveOnSocket(Document.Write(new Cancellation(Id(id), hook)), from);

    private static Request NewRequest(string task, string id) => Request.Of(Id(id), Task_(task), Json("[1]"), Hook);

    private static Response Response((Address To, ReadOnlyMemory<byte> Document) sent) =>
        Document.ReadResponse(sent.Document, Limits.Default).IfLeft(error => throw new InvalidOperationException(error.ToString()));
}
