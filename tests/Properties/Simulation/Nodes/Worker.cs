using Acomm.Domain;
using static Acomm.Properties.Simulation.Violation;

namespace Acomm.Properties.Simulation;

/// <summary>Handles requests, as its draw has it: answers, fails, throws, answers late, twice or never.</summary>
internal sealed class Worker(World world, Site site, Responder responder, Places places, Func<Scope> handlers, Func<Scope> sendings)
{
    private static readonly TimeSpan Mute = TimeSpan.FromSeconds(30);

    private readonly Dictionary<long, (Request Request, Reach Reach)> begun = [];

    /// <summary>Handles a request as soon as its place is free, and leaves that when it is through.</summary>
    public void Begin(Request request, long place, Reach reach)
    {
        IsGenuine(request);
        begun.Add(place, (request, reach));
        places.WhenFree(place, () => Handle(request, place, reach));
    }

    /// <summary>The limit of a stop is over: what still runs or waits is answered for.</summary>
    public void Cut()
    {
        foreach (var (place, (request, reach)) in begun.OrderBy(b => b.Key).ToList())
        {
            Through(place);
            Send(request.Fail(new AcommError.CutByShutdown(request.Id).ToString()), request, reach);
        }
    }

    private void Handle(Request request, long place, Reach reach)
    {
        if (world.Strikes(Fault.Mute))
        {
            world.After(Mute, handlers(), () => Through(place));
            return;
        }

        var wait = world.Strikes(Fault.AnswerLate) ? world.Draw.Millis(1000, 20_000) : world.Draw.Millis(0, 30);
        world.After(wait, handlers(), () =>
        {
            Through(place);
            var response = Answer(request);
            Send(response, request, reach);
            if (world.Strikes(Fault.AnswerTwice))
                world.After(world.Draw.Millis(0, 200), sendings(), () => Send(world.Draw.Chance(500) ? response : Answer(request), request, reach));
        });
    }

    private void Through(long place)
    {
        begun.Remove(place);
        places.Leave(place);
    }

    private void Send(Response response, Request request, Reach reach) => request.ResponseHook.IfSome(hook =>
        responder.Send(response, Origin.OwnSocket, hook, reach, world.Plan.Limits.RequestTimeout, sendings()));

    private Response Answer(Request request) =>
        world.IsHealed ? Success(request, streams: false)
        : world.Strikes(Fault.Throw) ? request.Fail(new AcommError.HandlerFailed(request.Task, "Exception").ToString())
        : world.Draw.Chance(150) ? request.Fail("it did not work")
        : Success(request, streams: true);

    // Spaces, exponents and a result too long for a small frame must get through, or be told of, as they are.
    private Response Success(Request request, bool streams)
    {
        var serial = world.Ledger.NextResult();
        var source = streams && world.Draw.Chance(200) ? FormattableString.Invariant($"source {serial}") : null;
        var padding = streams && world.Draw.Chance(30) ? new string('x', 3000) : "";
        var result = Known.Json(FormattableString.Invariant($"{{ \"n\" :{serial}, \"x\":1.50E+02, \"y\": \"{padding}\"}}"));
        world.Ledger.Issue(request.Id, result, source);
        return request.Succeed(result) with { StreamUrl = source is null ? default : world.Streams.Offer(site, source) };
    }

    // What is handled is what somebody called, under its id, with its args and its stream, wherever it went in between.
    private void IsGenuine(Request request)
    {
        var call = world.Ledger.Of(request.Args);
        Expect(call is not null && call.Id == request.Id, Invariant.Fidelity, $"nobody called {request.Id} with {request.Args}");
        Expect(call!.Handle is not null || !call.WantsAnswer, Invariant.RegisteredBeforeSent, $"{request.Id} was sent before it was registered");
        var source = request.StreamUrl.Case is Address stream ? world.Streams.SourceOf(stream) : null;
        Expect(source == call.Source, Invariant.Fidelity, $"the stream of {request.Id} leads to {call.Source}, not to {source}");
    }
}
