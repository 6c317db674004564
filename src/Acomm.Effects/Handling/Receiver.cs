using System.Diagnostics;
using Acomm.Domain;
using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Effects;

/// <summary>Takes documents in and says at once whether they are accepted; whatever follows goes on by itself.</summary>
internal sealed class Receiver(
    NodeSettings settings, NodeCapabilities can, RunningTracker tracker, TaskTable tasks, HandlerPlaces places, Runner runner, Proxy proxy,
    BackgroundWork handlers)
{
    /// <summary>A request, or a response to one of ours.</summary>
    public Acknowledgement OnSocket(ReadOnlyMemory<byte> document, PeerIdentity from) => Acknowledge(document, Document.ReadMessage(document, settings.Limits).Bind(message =>
        message switch
        {
            Message.OfRequest of => Take(of.Request, document.Length, new Arrival.OnSocket(from)),
            Message.OfResponse of => tracker.Respond(of.Response, Origin.OwnSocket),
            _ => unit,
        }));

    /// <summary>A request from another machine.</summary>
    public Acknowledgement RequestOverHttp(ReadOnlyMemory<byte> document, IpAddress caller) => Acknowledge(
        document,
        Document.ReadRequest(document, settings.Limits).Bind(request => Take(request, document.Length, new Arrival.OverHttp(caller))));

    /// <summary>A response from another machine, and the token that it showed.</summary>
    public Acknowledgement ResponseOverHttp(ReadOnlyMemory<byte> document, IpAddress peer, Option<Token> token) => Acknowledge(
        document,
        Document.ReadResponse(document, settings.Limits).Bind(response => FromOutside.SeenFromHere(response, peer, settings.Outside).Match(
            Right: seen => tracker.Respond(seen, new Origin.External(peer, token)),
            Left: forbidden => Forbid(response, peer, forbidden))));

    // Without its token it completes nothing, and is counted like every response.
    private Either<AcommError, Unit> Forbid(Response response, IpAddress peer, AcommError forbidden)
    {
        tracker.Respond(response, new Origin.External(peer, None));
        return forbidden;
    }

    private Either<AcommError, Unit> Take(Request request, int bytes, Arrival arrival)
    {
        var phase = tracker.State.Phase;
        if (phase != TrackerPhase.Running)
            return NotRunning(phase);
        var reach = arrival.Reach(settings.Outside);
        return Intake.Decide(request, arrival, settings.Outside, tasks.Serves, settings.OwnHook, can.PublicUrl.Current) switch
        {
            Intake.Refuse refuse => refuse.Error,
            Intake.PassOn passOn => proxy.PassOn(passOn, reach),
            Intake.Handle handle => places.Enter(request.Task, bytes).Bind(place => Run(handle.Plan, place, arrival, reach)),
            _ => throw new UnreachableException(),
        };
    }

    private Either<AcommError, Unit> Run(ProxyPlan plan, HandlerPlace place, Arrival arrival, Reach reach)
    {
        var begun = proxy.Register(plan, None, reach).Bind(local => Run(local, place, arrival.Peer, arrival is Arrival.OverHttp ? Reach.Anywhere : reach));
        if (begun.IsLeft)
            place.Leave();
        return begun;
    }

    private Either<AcommError, Unit> Run(Proxied local, HandlerPlace place, PeerIdentity caller, Reach reach)
    {
        var admitted = handlers.TryRun(() => tracker.State.Phase == TrackerPhase.Running, async () =>
        {
            await runner.RunAsync(local.Request, caller, reach, place).ConfigureAwait(false);
            local.WithdrawStream();
        });
        if (admitted)
            return unit;
        local.WithdrawStream();
        local.Registration.IfSome(r => tracker.Cancel(r.Handle));
        return new AcommError.ShuttingDown();
    }

    private static AcommError NotRunning(TrackerPhase phase) =>
        phase == TrackerPhase.Created ? new AcommError.NotStarted() : new AcommError.ShuttingDown();

    private Acknowledgement Acknowledge(ReadOnlyMemory<byte> document, Either<AcommError, Unit> outcome) => outcome.Match(
        Right: _ => Acknowledgement.Ok,
        Left: error =>
        {
            can.Events.Record(new NodeEvent.DocumentRefused(error, document.Length));
            return Acknowledgement.Refuse(error);
        });
}
