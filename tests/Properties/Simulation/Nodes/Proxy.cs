using Acomm.Domain;
using LanguageExt;
using static Acomm.Properties.Simulation.Violation;
using static LanguageExt.Prelude;

namespace Acomm.Properties.Simulation;

/// <summary>Carries out the plans of a proxy: the stream, then the registration, and only then a byte of the request.</summary>
internal sealed class Proxy(World world, Site site, SimTracker tracker, Hooks hooks, Courier courier, Responder responder, Func<Scope> sendings)
{
    public Either<AcommError, (Request Request, Option<Handle> Handle)> Register(ProxyPlan plan, Option<Token> token, Reach reach)
    {
        var request = plan.Request with { StreamUrl = plan.Request.StreamUrl.Map(stream => world.Streams.Carry(site, stream, plan.Stream)) };
        return plan.Route.Match(
            Some: route => tracker.Register(request.Id, world.Plan.Limits.RequestTimeout, route, token, _ => { }).Map(handle => (request, Some(handle))),
            None: () => Right<AcommError, (Request, Option<Handle>)>((request, None)));
    }

    public Either<AcommError, Unit> PassOn(Intake.PassOn passOn, Reach reach)
    {
        var hook = hooks.For(passOn.To);
        var plan = world.Core.PassOn(passOn.Request, passOn.To, site.OwnHook, hook.Address, reach);
        Expect(plan.Request.Id == passOn.Request.Id && plan.Request.Args == passOn.Request.Args, Invariant.Fidelity, $"{passOn.Request.Id} goes on as it came");
        Expect(
            plan.Route.Map(route => route.OriginalHook) == passOn.Request.ResponseHook && plan.Request.ResponseHook.ForAll(h => h == hook.Address),
            Invariant.Fidelity,
            $"the answer to {passOn.Request.Id} comes back here, and goes on to {passOn.Request.ResponseHook}");
        return Register(plan, hook.Token, reach).Map(proxied => Begin(proxied.Request, proxied.Handle, passOn.To, reach));
    }

    /// <summary>Brings an answer to the hook that its request came with.</summary>
    public void Forward(TrackerOutput.Forward forward)
    {
        var origin = forward.Completion is Completion.Answered answered ? answered.Origin : Origin.OwnSocket;
        responder.Send(forward.Response, origin, forward.Route.OriginalHook, forward.Route.Reach, forward.Deadline - world.Now, sendings());
    }

    private Unit Begin(Request request, Option<Handle> handle, Address to, Reach reach)
    {
        world.Count("passed on");
        courier.Send(Sending.Request, to, new Message.OfRequest(request), reach, world.Plan.Limits.RequestTimeout, sendings(), sent =>
            sent.IfLeft(error => handle.IfSome(h => tracker.SendFailed(h, error))));
        return unit;
    }
}
