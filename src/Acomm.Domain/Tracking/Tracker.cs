using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Domain;

/// <summary>
/// The tracker as one pure, total function. Its rules:
/// a registration is completed exactly once, by its response, its deadline, its caller, a send that certainly failed, or
/// the limit of a stop, whichever is stepped first;
/// a refused input leaves the state as it was, but for the count;
/// nothing expires before its deadline, and equal deadlines expire in the order of registration;
/// an operation through a handle touches that registration only, even where another one has its id by now.
/// </summary>
public static class Tracker
{
    /// <summary>What an input changes, and what is to be done about it, in order.</summary>
    public static (TrackerState State, Seq<TrackerOutput> Outputs) Step(TrackerState state, TrackerInput input) => input switch
    {
        TrackerInput.Register register => Register(state, register),
        TrackerInput.Respond respond => Respond(state, respond),
        TrackerInput.SendFailed failed => failed.Error.Delivery.IsFinal()
            ? Complete(state, failed.Handle, new Completion.Rejected(failed.Error))
            : (state, Empty),
        TrackerInput.Cancel cancel => Complete(state, cancel.Handle, new Completion.Cancelled()),
        TrackerInput.TimePassed => TimePassed(state, input.At),
        TrackerInput.Stop stop => Stop(state, stop),
        _ => Start(state),
    };

    /// <summary>When <see cref="TrackerInput.TimePassed"/> is wanted next; never, if nothing is open.</summary>
    public static Option<Instant> NextDeadline(TrackerState state) =>
        state.Deadlines.First.Map(first => state.StopDeadline.Match(
            Some: stop => first.Due < stop ? first.Due : stop,
            None: () => first.Due));

    private static readonly Seq<TrackerOutput> Empty = Seq<TrackerOutput>();

    private static (TrackerState, Seq<TrackerOutput>) Start(TrackerState state) =>
        state.Phase is TrackerPhase.Created or TrackerPhase.Stopped
            ? (state with { Phase = TrackerPhase.Running }, Empty)
            : (state, Empty);

    private static (TrackerState, Seq<TrackerOutput>) Register(TrackerState state, TrackerInput.Register input)
    {
        if (Refusal(state, input) is { IsSome: true } refusal)
        {
            return (
                state with { Tally = state.Tally with { Refused = state.Tally.Refused + 1 } },
                refusal.ToSeq().Map(error => (TrackerOutput)new TrackerOutput.Refused(input.Id, error)));
        }

        var handle = new Handle(input.Id, state.NextNumber);
        var deadline = input.At + input.Timeout;
        var entry = new Entry(handle, input.Route, input.Token, input.Timeout, Deadlines.RoundUp(deadline));
        var next = state with
        {
            Entries = state.Entries.Add(input.Id, entry),
            Deadlines = state.Deadlines.Add(handle, entry.Deadline),
            Settled = state.Settled.Forget(input.Id),
            Tally = state.Tally with { Registered = state.Tally.Registered + 1 },
            NextNumber = state.NextNumber + 1,
        };
        return (next, Seq1<TrackerOutput>(new TrackerOutput.Admitted(handle)));
    }

    private static Option<AcommError> Refusal(TrackerState state, TrackerInput.Register input) =>
        state.Phase == TrackerPhase.Created ? new AcommError.NotStarted()
        : state.Phase != TrackerPhase.Running ? new AcommError.ShuttingDown()
        : input.Timeout <= TimeSpan.Zero || input.Timeout > Limits.RequestTimeoutCeiling
            ? new AcommError.TimeoutInvalid(input.Timeout, Limits.RequestTimeoutCeiling)
        : state.Entries.ContainsKey(input.Id) ? new AcommError.DuplicateId(input.Id)
        : state.Outstanding >= state.Limits.Outstanding ? new AcommError.TrackerFull(state.Limits.Outstanding)
        : Option<AcommError>.None;

    private static (TrackerState, Seq<TrackerOutput>) Respond(TrackerState state, TrackerInput.Respond input)
    {
        var id = input.Response.Id;
        return state.Entries.Find(id).Match(
            Some: entry => Admits(entry, input.Origin)
                ? Complete(state, entry.Handle, new Completion.Answered(input.Response, input.Origin))
                : Drop(state, id, DropReason.Forbidden),
            None: () => Drop(state, id, state.Settled.ReasonFor(id)));
    }

    private static bool Admits(Entry entry, Origin origin) =>
        origin is not Origin.External external || (entry.Token.IsSome && external.Token == entry.Token);

    private static (TrackerState, Seq<TrackerOutput>) Drop(TrackerState state, RequestId id, DropReason reason) =>
        (state with { Tally = state.Tally.Count(reason) }, Seq1<TrackerOutput>(new TrackerOutput.Dropped(id, reason)));

    private static (TrackerState, Seq<TrackerOutput>) TimePassed(TrackerState state, Instant now)
    {
        var outputs = Empty;
        for (var left = state.Limits.ExpiriesPerStep; left > 0; left--)
        {
            var due = state.Deadlines.First.Bind(first => Due(state, first.Due, first.Handle, now));
            if (due.IsNone)
                break;
            (state, var more) = due.Map(d => Complete(d.State, d.Handle, d.Completion)).IfNone((state, Empty));
            outputs += more;
        }

        return (state, outputs);
    }

    private static Option<(TrackerState State, Handle Handle, Completion Completion)> Due(
        TrackerState state, Instant due, Handle handle, Instant now) =>
        due <= now
            ? state.Entries.Find(handle.Id).Map(entry => (state, handle, (Completion)new Completion.TimedOut(entry.Timeout)))
        : state.StopDeadline.Exists(stop => stop <= now)
            ? (state with { Cut = state.Cut + 1 }, handle, new Completion.Shutdown())
        : None;

    private static (TrackerState, Seq<TrackerOutput>) Stop(TrackerState state, TrackerInput.Stop input)
    {
        if (state.Outstanding == 0)
            return Drained(state);
        var limit = input.Limit.Map(l => input.At + (l < TimeSpan.Zero ? TimeSpan.Zero : l));
        var earliest = state.StopDeadline.Match(
            Some: old => limit.Map(l => l < old ? l : old).IfNone(old),
            None: () => limit);
        return (state with { Phase = TrackerPhase.Draining, StopDeadline = earliest }, Empty);
    }

    private static (TrackerState, Seq<TrackerOutput>) Drained(TrackerState state) =>
        (state with { Phase = TrackerPhase.Stopped, StopDeadline = None, Cut = 0 }, Seq1<TrackerOutput>(new TrackerOutput.Drained(state.Cut)));

    private static (TrackerState, Seq<TrackerOutput>) Complete(TrackerState state, Handle handle, Completion completion) =>
        state.Entries.Find(handle.Id).Filter(entry => entry.Handle == handle).Match(
            Some: entry => Complete(state, entry, completion),
            None: () => (state, Empty));

    private static (TrackerState, Seq<TrackerOutput>) Complete(TrackerState state, Entry entry, Completion completion)
    {
        var id = entry.Handle.Id;
        var next = state with
        {
            Entries = state.Entries.Remove(id),
            Deadlines = state.Deadlines.Remove(entry.Handle, entry.Deadline),
            Settled = state.Settled.Remember(id, completion is Completion.Answered ? DropReason.Duplicate : DropReason.Late, state.Limits.RememberedIds),
            Tally = state.Tally.Count(completion),
        };
        var output = Seq1(Output(entry, completion));
        if (next.Phase != TrackerPhase.Draining || next.Outstanding > 0)
            return (next, output);
        var (stopped, drained) = Drained(next);
        return (stopped, output + drained);
    }

    private static TrackerOutput Output(Entry entry, Completion completion) => entry.Route is Route.Forward forward
        ? new TrackerOutput.Forward(
            entry.Handle,
            completion,
            forward,
            completion.ToEither(entry.Handle.Id).Match(Right: r => r, Left: e => Response.Failure(entry.Handle.Id, e.ToString())),
            entry.Deadline)
        : new TrackerOutput.Deliver(entry.Handle, completion);
}
