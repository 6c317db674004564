using Acomm.Domain;
using LanguageExt;
using static Acomm.Properties.Simulation.Violation;

namespace Acomm.Properties.Simulation;

/// <summary>One step of a tracker.</summary>
internal readonly record struct Seen(TrackerInput Input, TrackerState Before, TrackerState After, Seq<TrackerOutput> Outputs, Option<Instant> Next);

/// <summary>
/// Looks at every step of one tracker and holds it against the book. What the book expects is worked out from the rules
/// that a tracker must never break, not from its code.
/// </summary>
internal sealed partial class TrackerWatch(Limits limits)
{
    private const int FullEvery = 256;

    private readonly Book book = new(limits);
    private TrackerPhase phase = TrackerPhase.Created;
    private Instant? stopAt;
    private long cut;
    private long steps;

    public int Outstanding => book.Count;

    public void See(Seen seen)
    {
        var completions = Completions(seen.Outputs);
        switch (seen.Input)
        {
            case TrackerInput.Register register:
                Registered(seen, register);
                break;
            case TrackerInput.Respond respond:
                Responded(seen, respond, completions);
                break;
            case TrackerInput.SendFailed failed:
                SendFailed(failed, completions);
                break;
            case TrackerInput.Cancel cancel:
                Cancelled(cancel, completions);
                break;
            case TrackerInput.TimePassed:
                Expired(seen.Input.At, completions);
                break;
            case TrackerInput.Stop stop:
                Stopped(stop, completions);
                break;
            default:
                Expect(seen.Outputs.IsEmpty, Invariant.CompletionIsFinal, $"a start completes nothing");
                phase = phase is TrackerPhase.Created or TrackerPhase.Stopped ? TrackerPhase.Running : phase;
                break;
        }

        Drained(seen);
        Totals(seen, completions);
        if (++steps % FullEvery == 0)
            Full(seen.After);
    }

    /// <summary>Everything that is open, compared with the book.</summary>
    public void Full(TrackerState state)
    {
        foreach (var entry in book.All)
        {
            var held = state.Entries.Find(entry.Handle.Id).Case as Entry;
            Expect(
                held is not null
                && held.Handle == entry.Handle && held.Route == entry.Route && held.Token == entry.Token && held.Deadline == entry.Due,
                Invariant.Ownership,
                $"{entry.Handle} is held as it was registered");
        }

        Expect(state.Entries.Count == book.Count, Invariant.Conservation, $"nothing is held that was not registered");
    }

    private void Totals(Seen seen, List<TrackerOutput> completions)
    {
        var (state, tally) = (seen.After, book.Tally);
        foreach (var output in completions)
        {
            var handle = HandleOf(output);
            Expect(
                state.Entries.Find(handle.Id).ForAll(e => e.Handle != handle),
                Invariant.GoneBeforeItsHandler,
                $"{handle} is gone when its completion is given out");
        }

        Expect(state.Outstanding <= limits.Outstanding, Invariant.WithinTheLimits, $"{state.Outstanding} are open, the limit is {limits.Outstanding}");
        Expect(state.RememberedIds <= 2L * limits.RememberedIds, Invariant.WithinTheLimits, $"{state.RememberedIds} ids are remembered");
        Expect(state.Outstanding == book.Count, Invariant.Conservation, $"{state.Outstanding} are held, {book.Count} are open");
        Expect(state.ArmedDeadlines == book.Count, Invariant.Conservation, $"{state.ArmedDeadlines} deadlines are armed, {book.Count} are open");
        Expect(Dropped(state.Tally) == Dropped(tally), Invariant.InboundConservation, $"the count is {state.Tally}, and should be {tally}");
        Expect(state.Tally == tally, Invariant.Conservation, $"the count is {state.Tally}, and should be {tally}");
        Expect(state.Tally.Registered == state.Tally.Completed + state.Outstanding, Invariant.Conservation, $"registrations are completions and what is open");
        Expect(state.Phase == phase, Invariant.StopIsABarrier, $"the phase is {state.Phase}, and should be {phase}");
        var next = book.Next is not { } first ? (Instant?)null : stopAt is { } stop && stop < first.Due ? stop : first.Due;
        Expect(
            seen.Next.ToNullable() == next,
            stopAt is null ? Invariant.DeadlineKept : Invariant.StopEnds,
            $"the next deadline is {seen.Next}, and should be {next}");
    }

    private void Drained(Seen seen)
    {
        var drained = seen.Outputs.IsEmpty ? null : seen.Outputs[seen.Outputs.Count - 1] as TrackerOutput.Drained;
        var should = book.Count == 0 && (seen.Input is TrackerInput.Stop || phase == TrackerPhase.Draining);
        Expect(should == drained is not null, Invariant.StopEnds, $"a stop ends when nothing is open: {book.Count} are, and it said {drained}");
        if (drained is null)
            return;
        Expect(drained.Cut == cut, Invariant.StopEnds, $"{drained.Cut} were cut, it should be {cut}");
        (phase, stopAt, cut) = (TrackerPhase.Stopped, null, 0);
    }

    private static (long, long, long, long) Dropped(Tally tally) => (tally.Duplicate, tally.Late, tally.Unknown, tally.Forbidden);

    private static List<TrackerOutput> Completions(Seq<TrackerOutput> outputs)
    {
        var list = new List<TrackerOutput>(outputs.Count);
        foreach (var output in outputs)
        {
            if (output is TrackerOutput.Deliver or TrackerOutput.Forward)
                list.Add(output);
        }

        return list;
    }

    private static Handle HandleOf(TrackerOutput output) => output is TrackerOutput.Deliver deliver ? deliver.Handle : ((TrackerOutput.Forward)output).Handle;

    private static Completion CompletionOf(TrackerOutput output) =>
        output is TrackerOutput.Deliver deliver ? deliver.Completion : ((TrackerOutput.Forward)output).Completion;
}
