using Acomm.Domain;
using LanguageExt;
using static Acomm.Properties.Simulation.BrokenCore;
using static LanguageExt.Prelude;

namespace Acomm.Properties.Simulation;

/// <summary>Cores that lead requests, answers or streams astray.</summary>
internal static class BrokenProxies
{
    public static IReadOnlyList<BrokenCore> All { get; } =
    [
        new("an answer goes on under another id", Invariant.Fidelity, () => Saying((_, outputs) => outputs
            .Map(output => output is TrackerOutput.Forward forward
                ? forward with { Response = forward.Response with { Id = Known.Id($"{forward.Handle.Id.Value}-proxied") } }
                : output)
            .Strict())),
        new("an answer goes on to the hook of another", Invariant.Fidelity, ForwardsToTheLastHook),
        new("a handler answers outside by itself", Invariant.Fidelity, () => Core.Real with
        {
            Decide = (request, arrival, policy, serves, own, url) =>
                Intake.Decide(request, arrival, policy, serves, own, url) is Intake.Handle and var handle && arrival is Arrival.OverHttp
                    ? new Intake.Handle(new ProxyPlan(request, None, StreamStep.Keep))
                    : Intake.Decide(request, arrival, policy, serves, own, url),
        }),
        new("nobody waits for the answer to what was passed on", Invariant.Fidelity, () => Core.Real with
        {
            PassOn = (request, to, own, external, reach) => ProxyPlan.PassOn(request, to, own, external, reach) with { Route = None },
        }),
        new("the stream of an answer stays where it cannot be read", Invariant.Fidelity, () => Core.Real with { AnswerStream = (_, _, _) => StreamStep.Keep }),
        new("every task is unknown", Invariant.HealedIsServed, () => Core.Real with
        {
            Decide = (request, _, _, _, _, _) => new Intake.Refuse(new AcommError.UnknownTask(request.Task)),
        }),
    ];

    private static Core ForwardsToTheLastHook()
    {
        Option<Route.Forward> last = None;
        return Saying((_, outputs) => outputs
            .Map(output =>
            {
                if (output is not TrackerOutput.Forward forward)
                    return output;
                var route = last.IfNone(forward.Route);
                last = forward.Route;
                return forward with { Route = route };
            })
            .Strict());
    }
}
