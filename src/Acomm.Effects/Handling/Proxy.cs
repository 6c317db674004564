using Acomm.Domain;
using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Effects;

/// <summary>A request as it is sent on, and the registration of its answer, if one is wanted.</summary>
/// <param name="Request">The request, its stream reachable where it goes.</param>
/// <param name="Registration">The answer that is waited for.</param>
/// <param name="WithdrawStream">Ends the offer of its stream, if nobody has opened that; for when the request is over.</param>
internal sealed record Proxied(Request Request, Option<Registration> Registration, Action WithdrawStream);

/// <summary>Carries out the plans of a proxy: streams first, then the registration, and only then a byte of the request.</summary>
internal sealed class Proxy(
    NodeSettings settings, NodeCapabilities can, RunningTracker tracker, HookSource hooks, StreamCarrier carrier, Courier courier,
    Responder responder, BackgroundWork background, StopSignal stop)
{
    /// <summary>Makes the stream reachable and registers the route.</summary>
    public Either<AcommError, Proxied> Register(ProxyPlan plan, Option<Token> token, Reach reach) =>
        carrier.Carry(plan.Request.StreamUrl, plan.Stream, reach).Bind(stream =>
        {
            var registered = plan.Route.Match(
                Some: route => tracker.Register(plan.Request.Id, settings.Limits.RequestTimeout, route, token).Map(Some),
                None: () => Option<Registration>.None);
            void Withdraw() => stream.Iter(s => s.Withdraw());
            if (registered.IsLeft)
                Withdraw();
            return registered.Map(r => new Proxied(plan.Request with { StreamUrl = stream.Map(s => s.Address) }, r, Withdraw));
        });

    /// <summary>Sends a request on to its task URL. Its answer, or the failure to send it, comes back through this node.</summary>
    public Either<AcommError, Unit> PassOn(Intake.PassOn passOn, Reach reach) =>
        from hook in hooks.For(passOn.To)
        let plan = ProxyPlan.PassOn(passOn.Request, passOn.To, settings.OwnHook, hook.Address, reach)
        from proxied in Register(plan, hook.Token, reach)
        select Begin(proxied, passOn.To, reach);

    /// <summary>Brings an answer to the hook that its request came with.</summary>
    public void Forward(TrackerOutput.Forward forward)
    {
        var origin = forward.Completion is Completion.Answered answered ? answered.Origin : Origin.OwnSocket;
        background.Run(() => responder.SendAsync(
            forward.Response, origin, forward.Route.OriginalHook, forward.Route.Reach, forward.Deadline - tracker.Now, stop.Sendings));
    }

    private Unit Begin(Proxied proxied, Address to, Reach reach)
    {
        background.Run(async () =>
        {
            var sent = await courier.SendAsync(
                Sending.Request, to, Document.Write(proxied.Request), reach, settings.Limits.RequestTimeout, stop.Sendings).ConfigureAwait(false);
            if (sent.Case is AcommError error)
            {
                can.Events.Record(new NodeEvent.SendFailed(proxied.Request.Id, to, error));
                proxied.Registration.IfSome(r => tracker.SendFailed(r.Handle, error));
            }

            if (proxied.Registration.Case is Registration registration)
            {
                await registration.Completion.ConfigureAwait(false);
                proxied.WithdrawStream();
            }
        });
        return unit;
    }
}
