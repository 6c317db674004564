using System.Collections.Immutable;
using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Domain;

/// <summary>What a step gave: the state to go on with, and the outputs in order.</summary>
public readonly record struct TrackerStep<TStore>(TrackerState<TStore> State, ImmutableArray<TrackerOutput> Outputs)
    where TStore : ITrackerStore<TStore>;

/// <summary>
/// The rules of the tracker, over a store of whatever kind:
/// a registration is completed exactly once, by its response, its deadline, its caller, a send that certainly failed, or
/// the limit of a stop, whichever is stepped first;
/// a refused input leaves the state as it was, but for the count;
/// nothing expires before its deadline, and equal deadlines expire in the order of registration;
/// an operation through a handle touches that registration only, even where another one has its id by now.
/// </summary>
public static class Tracker<TStore>
    where TStore : ITrackerStore<TStore>
{
    /// <summary>What an input changes, and what is to be done about it, in order. A state that was stepped is used no more.</summary>
    public static TrackerStep<TStore> Step(in TrackerState<TStore> state, TrackerInput input) => input switch
    {
        TrackerInput.Register register => Register(state, register),
        TrackerInput.Respond respond => Respond(state, respond),
        TrackerInput.SendFailed failed => failed.Error.Delivery.IsFinal()
            ? Complete(state, failed.Handle, new Completion.Rejected(failed.Error))
            : new(state, []),
        TrackerInput.Cancel cancel => Complete(state, cancel.Handle, new Completion.Cancelled()),
        TrackerInput.TimePassed => TimePassed(state, input.At),
        TrackerInput.Stop stop => Stop(state, stop),
        _ => Start(state),
    };

    /// <summary>When <see cref="TrackerInput.TimePassed"/> is wanted next; never, if nothing is open.</summary>
    public static Option<Instant> NextDeadline(in TrackerState<TStore> state) =>
        state.Store.First.Case is Entry first ? Earlier(first.Deadline, state.StopDeadline) : None;

    private static TrackerStep<TStore> Start(in TrackerState<TStore> state) => new(
        state.Phase is TrackerPhase.Created or TrackerPhase.Stopped ? state with { Phase = TrackerPhase.Running } : state,
        []);

    private static TrackerStep<TStore> Register(in TrackerState<TStore> state, TrackerInput.Register input)
    {
        if (Refusal(state, input).Case is AcommError error)
            return new(state with { Tally = state.Tally with { Refused = state.Tally.Refused + 1 } }, [new TrackerOutput.Refused(input.Id, error)]);

        var handle = new Handle(input.Id, state.NextNumber);
        var entry = new Entry(handle, input.Route, input.Token, input.Timeout, (input.At + input.Timeout).RoundedUpTo(Tracker.Tick));
        var next = state with
        {
            Store = state.Store.Add(entry),
            Tally = state.Tally with { Registered = state.Tally.Registered + 1 },
            NextNumber = state.NextNumber + 1,
        };
        return new(next, [new TrackerOutput.Admitted(handle)]);
    }

    private static Option<AcommError> Refusal(in TrackerState<TStore> state, TrackerInput.Register input) =>
        state.Phase == TrackerPhase.Created ? new AcommError.NotStarted()
        : state.Phase != TrackerPhase.Running ? new AcommError.ShuttingDown()
        : input.Timeout <= TimeSpan.Zero || input.Timeout > Limits.RequestTimeoutCeiling
            ? new AcommError.TimeoutInvalid(input.Timeout, Limits.RequestTimeoutCeiling)
        : state.Store.Find(input.Id).IsSome ? new AcommError.DuplicateId(input.Id)
        : state.Store.Outstanding >= state.Limits.Outstanding ? new AcommError.TrackerFull(state.Limits.Outstanding)
        : Option<AcommError>.None;

    private static TrackerStep<TStore> Respond(in TrackerState<TStore> state, TrackerInput.Respond input)
    {
        var id = input.Response.Id;
        return state.Store.Find(id).Case is not Entry entry ? Drop(state, id, state.Store.ReasonFor(id))
            : Admits(entry, input.Origin) ? Complete(state, entry, new Completion.Answered(input.Response, input.Origin))
            : Drop(state, id, DropReason.Forbidden);
    }

    private static bool Admits(Entry entry, Origin origin) =>
        origin is not Origin.External external || (entry.Token.IsSome && external.Token == entry.Token);

    private static TrackerStep<TStore> Drop(in TrackerState<TStore> state, RequestId id, DropReason reason) =>
        new(state with { Tally = state.Tally.Count(reason) }, [new TrackerOutput.Dropped(id, reason)]);

    private static TrackerStep<TStore> TimePassed(TrackerState<TStore> state, Instant now)
    {
        var outputs = ImmutableArray.CreateBuilder<TrackerOutput>();
        for (var left = state.Limits.ExpiriesPerStep; left > 0 && state.Store.First.Case is Entry first; left--)
        {
            var isDue = first.Deadline <= now;
            if (!isDue && !state.StopDeadline.Exists(stop => stop <= now))
                break;
            Completion completion = isDue ? new Completion.TimedOut(first.Timeout) : new Completion.Shutdown();
            outputs.Add(Output(first, completion));
            state = Without(state, first, completion);
        }

        if (!IsDrained(state))
            return new(state, outputs.DrainToImmutable());
        var (stopped, drained) = Drained(state);
        outputs.AddRange(drained);
        return new(stopped, outputs.DrainToImmutable());
    }

    private static TrackerStep<TStore> Stop(in TrackerState<TStore> state, TrackerInput.Stop input)
    {
        if (state.Store.Outstanding == 0)
            return Drained(state);
        var limit = input.Limit.Map(l => input.At + (l < TimeSpan.Zero ? TimeSpan.Zero : l));
        var old = state.StopDeadline;
        return new(
            state with { Phase = TrackerPhase.Draining, StopDeadline = limit.Match(Some: l => Earlier(l, old), None: () => old) },
            []);
    }

    private static TrackerStep<TStore> Drained(in TrackerState<TStore> state) =>
        new(state with { Phase = TrackerPhase.Stopped, StopDeadline = None, Cut = 0 }, [new TrackerOutput.Drained(state.Cut)]);

    private static TrackerStep<TStore> Complete(in TrackerState<TStore> state, Handle handle, Completion completion) =>
        state.Store.Find(handle.Id).Case is Entry entry && entry.Handle == handle ? Complete(state, entry, completion) : new(state, []);

    private static TrackerStep<TStore> Complete(in TrackerState<TStore> state, Entry entry, Completion completion)
    {
        var output = Output(entry, completion);
        var next = Without(state, entry, completion);
        if (!IsDrained(next))
            return new(next, [output]);
        var (stopped, drained) = Drained(next);
        return new(stopped, [output, .. drained]);
    }

    private static TrackerState<TStore> Without(in TrackerState<TStore> state, Entry entry, Completion completion) => state with
    {
        Store = state.Store.Remove(entry, completion is Completion.Answered ? DropReason.Duplicate : DropReason.Late, state.Limits.RememberedIds),
        Tally = state.Tally.Count(completion),
        Cut = completion is Completion.Shutdown ? state.Cut + 1 : state.Cut,
    };

    private static bool IsDrained(in TrackerState<TStore> state) => state.Phase == TrackerPhase.Draining && state.Store.Outstanding == 0;

    // Without closures: this is asked at each registration.
    private static Instant Earlier(Instant one, Option<Instant> other)
    {
        var second = other.IfNone(one);
        return second < one ? second : one;
    }

    private static TrackerOutput Output(Entry entry, Completion completion) =>
        entry.Route is Route.Forward forward ? Forward(entry, completion, forward) : new TrackerOutput.Deliver(entry.Handle, completion);

    private static TrackerOutput.Forward Forward(Entry entry, Completion completion, Route.Forward route) => new(
        entry.Handle,
        completion,
        route,
        completion.ToEither(entry.Handle.Id).Match(Right: r => r, Left: e => Response.Failure(entry.Handle.Id, e.ToString())),
        entry.Deadline);
}
