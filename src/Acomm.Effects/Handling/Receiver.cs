using System.Diagnostics;
using Acomm.Domain;
using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Effects;

/// <summary>What is said at once about a document that came in, and what follows, which is to be executed on some thread.</summary>
/// <param name="Acknowledgement">Whether it is accepted.</param>
/// <param name="Work">The handling of it.</param>
public readonly record struct Received(Acknowledgement Acknowledgement, Option<IThreadPoolWorkItem> Work);

/// <summary>Takes documents in and says at once whether they are accepted; whatever follows goes on by itself.</summary>
internal sealed class Receiver(
    NodeSettings settings, NodeCapabilities can, RunningTracker tracker, TaskTable tasks, HandlerPlaces places, Runner runner, Proxy proxy,
    HandlerCount handlers, AwaitedCalls calls)
{
    private static readonly Either<AcommError, Option<IThreadPoolWorkItem>> Nothing = Option<IThreadPoolWorkItem>.None;

    private readonly AddressMemo hooks = new();

    // Made once, and not for each document.
    private readonly Func<TaskName, bool> serves = tasks.Serves;
    private readonly Func<bool> isRunning = () => tracker.Phase == TrackerPhase.Running;

    /// <summary>A request, or a response to one of ours.</summary>
    public Received OnSocket(ReadOnlyMemory<byte> document, PeerIdentity from, bool isBorrowed) => Acknowledge(document, Document.ReadMessage(document, settings.Limits, hooks, isBorrowed).Case switch
    {
        Message.OfRequest of => Take(of.Request, document.Length, new Arrival.OnSocket(from)),
        Message.OfResponse of => Taken(tracker.Respond(of.Response, Origin.OwnSocket)),
        Message.OfCancellation of => Cancelled(CallKey.Of(of.Cancellation, from)),
        AcommError error => error,
        _ => Nothing,
    });

    /// <summary>A request from another machine.</summary>
    public Received RequestOverHttp(ReadOnlyMemory<byte> document, IpAddress caller) => Acknowledge(document, Document.ReadRequestOrCancellation(document, settings.Limits).Case switch
    {
        Message.OfRequest of => Take(of.Request, document.Length, new Arrival.OverHttp(caller)),
        Message.OfCancellation of => Cancelled(CallKey.Of(FromOutside.SeenFromHere(of.Cancellation, caller), new PeerIdentity.HttpAddress(caller))),
        AcommError error => error,
        _ => Nothing,
    });

    /// <summary>A response from another machine, and the token that it showed.</summary>
    public Received ResponseOverHttp(ReadOnlyMemory<byte> document, IpAddress peer, Option<Token> token) => Acknowledge(
        document,
        Document.ReadResponse(document, settings.Limits).Bind(response => FromOutside.SeenFromHere(response, peer, settings.Outside).Match(
            Right: seen => Taken(tracker.Respond(seen, new Origin.External(peer, token))),
            Left: forbidden => Forbid(response, peer, forbidden))));

    private static Either<AcommError, Option<IThreadPoolWorkItem>> Taken(Either<AcommError, Unit> outcome) =>
        outcome.IsLeft ? (AcommError)outcome : Nothing;

    // Whether it found something is nobody's concern.
    private Either<AcommError, Option<IThreadPoolWorkItem>> Cancelled(CallKey key)
    {
        calls.Cancel(key);
        proxy.Cancel(key);
        return Nothing;
    }

    // Without its token it completes nothing, and is counted like every response.
    private Either<AcommError, Option<IThreadPoolWorkItem>> Forbid(Response response, IpAddress peer, AcommError forbidden)
    {
        tracker.Respond(response, new Origin.External(peer, None));
        return forbidden;
    }

    private Either<AcommError, Option<IThreadPoolWorkItem>> Take(Request request, int bytes, Arrival arrival)
    {
        var phase = tracker.Phase;
        if (phase != TrackerPhase.Running)
            return NotRunning(phase);
        var reach = arrival.Reach(settings.Outside);
        return Intake.Decide(request, arrival, settings.Outside, serves, settings.OwnHook, can.PublicUrl.Current) switch
        {
            Intake.Refuse refuse => refuse.Error,
            Intake.PassOn passOn => proxy.PassOn(passOn, arrival.Peer, reach).Map(Some),
            Intake.Handle handle => Enter(handle.Plan, bytes, arrival, reach),
            _ => throw new UnreachableException(),
        };
    }

    private Either<AcommError, Option<IThreadPoolWorkItem>> Enter(ProxyPlan plan, int bytes, Arrival arrival, Reach reach)
    {
        var entered = places.Enter(plan.Request.Task, bytes);
        if (entered.Case is not HandlerPlace turn)
            return (AcommError)entered.Case;
        var registered = proxy.Register(plan, None, settings.OwnHook, reach);
        var begun = registered.Case is Proxied local
            ? Begin(local, plan.OriginalHook, turn, arrival.Peer, arrival is Arrival.OverHttp ? Reach.Anywhere : reach)
            : (AcommError)registered.Case;
        if (begun.IsLeft)
            turn.Leave();
        return begun;
    }

    private Either<AcommError, Option<IThreadPoolWorkItem>> Begin(Proxied local, Option<Address> hook, HandlerPlace turn, PeerIdentity caller, Reach reach)
    {
        local.Registration.IfSome(static r => r.Note(SendingPhase.Acknowledged));
        if (handlers.TryEnter(isRunning) is { } place)
            return Some<IThreadPoolWorkItem>(new HandlerRun(runner, local, caller, reach, turn, place, calls.Enter(local.Request, hook, caller)));
        local.WithdrawStream();
        local.Registration.IfSome(r => tracker.Cancel(r.Handle));
        return new AcommError.ShuttingDown();
    }

    private static AcommError NotRunning(TrackerPhase phase) =>
        phase == TrackerPhase.Created ? new AcommError.NotStarted() : new AcommError.ShuttingDown();

    private Received Acknowledge(ReadOnlyMemory<byte> document, Either<AcommError, Option<IThreadPoolWorkItem>> outcome)
    {
        if (outcome.IsRight)
            return new Received(Acknowledgement.Ok, (Option<IThreadPoolWorkItem>)outcome);
        var error = (AcommError)outcome;
        can.Events.Record(new NodeEvent.DocumentRefused(error, document.Length));
        return new Received(Acknowledgement.Refuse(error), None);
    }
}
