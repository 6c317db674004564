using Acomm.Domain;
using LanguageExt;
using static Acomm.Properties.Simulation.Violation;
using static LanguageExt.Prelude;

namespace Acomm.Properties.Simulation;

/// <summary>Takes documents in and says at once whether they are accepted.</summary>
internal sealed class Receiver(World world, Site site, SimTracker tracker, Proxy proxy, Places places, Worker worker)
{
    private Limits Limits => world.Plan.Limits;

    public Acknowledgement Receive(Parcel parcel, ReadOnlyMemory<byte> document)
    {
        var outcome =
            parcel.To.IsUnix ? OnSocket(parcel, document)
            : Hooks.IsHook(parcel.To, out var token) ? ResponseOverHttp(parcel, document, token)
            : RequestOverHttp(parcel, document);
        return outcome.Match(Right: _ => Acknowledgement.Ok, Left: Acknowledgement.Refuse);
    }

    private Either<AcommError, Unit> OnSocket(Parcel parcel, ReadOnlyMemory<byte> document) =>
        Checked(parcel, world.Core.ReadMessage(document, Limits)).Bind(message => message is Message.OfRequest of
            ? Take(of.Request, document.Length, Arrival.Socket)
            : tracker.Respond(((Message.OfResponse)message).Response, Origin.OwnSocket));

    private Either<AcommError, Unit> RequestOverHttp(Parcel parcel, ReadOnlyMemory<byte> document) =>
        from message in Checked(parcel, Document.ReadRequest(document, Limits).Map(r => (Message)new Message.OfRequest(r)))
        from taken in Take(((Message.OfRequest)message).Request, document.Length, new Arrival.OverHttp(parcel.From.Ip))
        select taken;

    private Either<AcommError, Unit> ResponseOverHttp(Parcel parcel, ReadOnlyMemory<byte> document, Option<Token> token) =>
        from message in Checked(parcel, Document.ReadResponse(document, Limits).Map(r => (Message)new Message.OfResponse(r)))
        from seen in FromOutside.SeenFromHere(((Message.OfResponse)message).Response, parcel.From.Ip, world.Plan.Policy)
        from taken in tracker.Respond(seen, new Origin.External(parcel.From.Ip, token))
        select taken;

    // What one of our own wrote is read as it was meant; a stranger's bytes are none of our documents.
    private static Either<AcommError, Message> Checked(Parcel parcel, Either<AcommError, Message> read)
    {
        Expect(
            parcel.Message is null ? read.IsLeft : read.Case is Message message && message.Equals(parcel.Message),
            Invariant.Codec,
            $"{parcel.Message} was read as {read}");
        return read;
    }

    private Either<AcommError, Unit> Take(Request request, int bytes, Arrival arrival)
    {
        var phase = tracker.State.Phase;
        if (phase != TrackerPhase.Running)
            return phase == TrackerPhase.Created ? new AcommError.NotStarted() : new AcommError.ShuttingDown();
        var reach = arrival.Reach(world.Plan.Policy);
        switch (world.Core.Decide(request, arrival, world.Plan.Policy, task => task == World.Task, site.OwnHook, site.PublicUrl))
        {
            case Intake.PassOn passOn:
                return proxy.PassOn(passOn, reach);
            case Intake.Handle handle:
                var plan = handle.Plan;
                Expect(
                    arrival is Arrival.OnSocket || plan.Request.ResponseHook.ForAll(hook => hook == site.OwnHook),
                    Invariant.Fidelity,
                    $"a handler answers on this node's own hook, not on {plan.Request.ResponseHook}");
                return places.Enter(bytes).Bind(place => Run(plan, place, reach, arrival is Arrival.OverHttp ? Reach.Anywhere : reach));
            case Intake.Refuse refuse:
                return refuse.Error;
            default:
                throw new InvalidOperationException("no such intake");
        }
    }

    private Either<AcommError, Unit> Run(ProxyPlan plan, long place, Reach reach, Reach answering)
    {
        var begun = proxy.Register(plan, None, reach);
        begun.Match(
            Right: local => worker.Begin(local.Request, place, answering),
            Left: _ => places.Leave(place));
        return begun.Map(_ => unit);
    }
}
