using Acomm.Domain;
using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Effects;

/// <summary>Takes documents in and says at once whether they are accepted; whatever follows goes on by itself.</summary>
internal sealed class Receiver(
    NodeSettings settings, NodeCapabilities can, RunningTracker tracker, TaskTable tasks, Runner runner, Proxy proxy, BackgroundWork handlers,
    StopSignal stop)
{
    /// <summary>A request, or a response to one of ours.</summary>
    public Acknowledgement OnSocket(ReadOnlyMemory<byte> document) => Acknowledge(document, Document.ReadMessage(document, settings.Limits).Bind(message =>
        message switch
        {
            Message.OfRequest of => Take(of.Request, Arrival.Socket),
            Message.OfResponse of => tracker.Respond(of.Response, Origin.OwnSocket),
            _ => unit,
        }));

    /// <summary>A request from another machine.</summary>
    public Acknowledgement RequestOverHttp(ReadOnlyMemory<byte> document, IpAddress caller) => Acknowledge(
        document,
        Document.ReadRequest(document, settings.Limits).Bind(request => Take(request, new Arrival.OverHttp(caller))));

    /// <summary>A response from another machine, and the token that it showed.</summary>
    public Acknowledgement ResponseOverHttp(ReadOnlyMemory<byte> document, IpAddress peer, Option<Token> token) => Acknowledge(
        document,
        from response in Document.ReadResponse(document, settings.Limits)
        from seen in FromOutside.SeenFromHere(response, peer, settings.Outside)
        from taken in tracker.Respond(seen, new Origin.External(peer, token))
        select taken);

    private Either<AcommError, Unit> Take(Request request, Arrival arrival)
    {
        var phase = tracker.State.Phase;
        if (phase != TrackerPhase.Running)
            return phase == TrackerPhase.Created ? new AcommError.NotStarted() : new AcommError.ShuttingDown();
        var reach = arrival.Reach(settings.Outside);
        return Intake.Decide(request, arrival, settings.Outside, tasks.Serves, settings.OwnHook, can.PublicUrl.Current) switch
        {
            Intake.Refuse refuse => refuse.Error,
            Intake.PassOn passOn => proxy.PassOn(passOn, reach),
            Intake.Handle handle => proxy.Register(handle.Plan, None, reach).Map(local =>
            {
                handlers.Run(() => runner.RunAsync(local.Request, arrival is Arrival.OverHttp ? Reach.Anywhere : reach, stop.Token));
                return unit;
            }),
            var other => throw new InvalidOperationException($"no such intake: {other}"),
        };
    }

    private Acknowledgement Acknowledge(ReadOnlyMemory<byte> document, Either<AcommError, Unit> outcome) => outcome.Match(
        Right: _ => Acknowledgement.Ok,
        Left: error =>
        {
            can.Events.Record(new NodeEvent.DocumentRefused(error, document.Length));
            return Acknowledgement.Refuse(error);
        });
}
