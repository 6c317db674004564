using Acomm.Domain;
using static Acomm.Properties.Simulation.Violation;
using static LanguageExt.Prelude;

namespace Acomm.Properties.Simulation;

/// <summary>A call: a registration, a sending, and whichever end comes first.</summary>
internal sealed class Caller(World world, Site site, SimTracker tracker, Hooks hooks, Courier courier, Scope process)
{
    public void Begin(Call call)
    {
        var hook = hooks.For(call.To);
        var giveUp = new Scope(process);
        world.Note(site.Name, "calls", call.Id.Value, call.Serial);
        var registered = tracker.Register(call.Id, call.Timeout, Route.ToCaller, hook.Token, completion =>
        {
            if (completion is not Completion.Answered)
                giveUp.End();
            Completed(call, completion);
        });
        registered.Match(
            Right: handle =>
            {
                call.Handle = handle;
                world.After(TimeSpan.Zero, giveUp, () => Send(call, handle, hook.Address, giveUp));
            },
            Left: error => world.After(TimeSpan.Zero, process, () => Ended(call, error.Name)));
    }

    /// <summary>Sends a request to which nobody wants an answer.</summary>
    public void Tell(Call call) => courier.Send(
        Sending.Request,
        call.To,
        new Message.OfRequest(new Request(call.Id, World.Task, call.Args, None, call.TaskUrl, call.Stream)),
        Reach.Anywhere,
        call.Timeout,
        process,
        sent => Ended(call, sent.IsRight ? "Told" : "NotTold"));

    public void Cancel(Call call)
    {
        if (call.Handle is { } handle)
            tracker.Cancel(handle);
    }

    private void Send(Call call, Handle handle, Address hook, Scope giveUp)
    {
        var request = new Request(handle.Id, World.Task, call.Args, hook, call.TaskUrl, call.Stream);
        courier.Send(Sending.Request, call.To, new Message.OfRequest(request), Reach.Anywhere, call.Timeout, giveUp, sent =>
            sent.IfLeft(error => tracker.SendFailed(handle, error)));
    }

    private void Completed(Call call, Completion completion)
    {
        Expect(
            tracker.State.Entries.Find(call.Id).ForAll(e => e.Handle != call.Handle),
            Invariant.GoneBeforeItsHandler,
            $"{call.Handle} is gone when its caller hears of it");
        if (completion is Completion.Answered answered)
            IsGenuine(call, answered);
        Ended(call, completion is Completion.Answered { Response.Outcome: Outcome.Failure } ? "Failed" : completion.GetType().Name);
    }

    // A result is one that somebody gave for this id, byte for byte, and its stream leads to what that one offered.
    private void IsGenuine(Call call, Completion.Answered answered)
    {
        var response = answered.Response;
        if (response.Outcome is not Outcome.Success success)
            return;
        var isIssued = world.Ledger.IsIssued(call.Id, success.Result, out var source);
        Expect(isIssued, Invariant.Fidelity, $"nobody gave {success.Result} as the result of {call.Id}");
        var stream = response.StreamUrl.Case as Address;
        Expect(
            (stream is null ? null : world.Streams.SourceOf(stream)) == source,
            Invariant.Fidelity,
            $"the stream of {call.Id} leads to '{source}', not so {stream}");
        Expect(
            stream is null || !stream.IsUnix || stream.Path.StartsWith($"/h{site.Host.Number}/", StringComparison.Ordinal),
            Invariant.Fidelity,
            $"the stream of {call.Id} can be reached from {site.Name}, not so {stream}");
    }

    private void Ended(Call call, string outcome)
    {
        Expect(call.Ended is null, Invariant.ExactlyOnce, $"call {call.Serial} ended as {call.Ended}, and as {outcome}");
        call.Ended = outcome;
        world.Note(site.Name, "ended: " + outcome, call.Id.Value, call.Serial);
        world.Users.Heard(call);
    }
}
