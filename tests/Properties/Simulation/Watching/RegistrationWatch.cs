using Acomm.Domain;
using static Acomm.Properties.Simulation.Violation;

namespace Acomm.Properties.Simulation;

/// <summary>What a registration, a stop and the drained end may do.</summary>
internal sealed partial class TrackerWatch
{
    private void Registered(Seen seen, TrackerInput.Register input)
    {
        Expect(seen.Outputs.Count == 1, Invariant.RefusalIsInert, $"a registration has one outcome, not {seen.Outputs.Count}");
        switch (seen.Outputs[0])
        {
            case TrackerOutput.Admitted admitted:
                Admitted(seen, input, admitted.Handle);
                break;
            case TrackerOutput.Refused refused:
                Refused(seen, input, refused.Error);
                break;
            default:
                throw new Violation(Invariant.RefusalIsInert, $"a registration led to {seen.Outputs[0]}");
        }
    }

    private void Admitted(Seen seen, TrackerInput.Register input, Handle handle)
    {
        Expect(phase == TrackerPhase.Running, Invariant.StopIsABarrier, $"{handle} was admitted while the tracker was {phase}");
        Expect(book.Of(input.Id) is null, Invariant.OneEntryForAnId, $"{handle} was admitted while {book.Of(input.Id)?.Handle} was open");
        Expect(book.Count < limits.Outstanding, Invariant.WithinTheLimits, $"{handle} was admitted above the limit of {limits.Outstanding}");
        Expect(handle.Id == input.Id && handle.Number >= book.Fresh, Invariant.OneEntryForAnId, $"{handle} is a new one for {input.Id}");
        var due = Book.DueAt(input.At, input.Timeout);
        var entry = seen.After.Entries.Find(input.Id).Case as Entry;
        Expect(
            entry is not null && entry.Handle == handle && entry.Route == input.Route && entry.Token == input.Token,
            Invariant.RegisteredBeforeSent,
            $"{handle} is complete when it is admitted");
        Expect(entry!.Deadline == due, Invariant.DeadlineKept, $"the deadline of {handle} is {entry.Deadline}, and should be {due}");
        book.Register(new Open(handle, due, input.Route, input.Token));
    }

    private void Refused(Seen seen, TrackerInput.Register input, AcommError error)
    {
        var (invariant, right) = error switch
        {
            AcommError.NotStarted => (Invariant.StopIsABarrier, phase == TrackerPhase.Created),
            AcommError.ShuttingDown => (Invariant.StopIsABarrier, phase is TrackerPhase.Draining or TrackerPhase.Stopped),
            AcommError.DuplicateId => (Invariant.GoneBeforeItsHandler, book.Of(input.Id) is not null),
            AcommError.TrackerFull => (Invariant.WithinTheLimits, book.Count >= limits.Outstanding),
            AcommError.TimeoutInvalid => (Invariant.RefusalIsInert, input.Timeout <= TimeSpan.Zero),
            _ => (Invariant.RefusalIsInert, false),
        };
        Expect(right, invariant, $"{input.Id} was refused without reason: {error}");
        var (before, after) = (seen.Before, seen.After);
        book.Refuse();
        Expect(
            after.Outstanding == before.Outstanding && after.ArmedDeadlines == before.ArmedDeadlines && after.RememberedIds == before.RememberedIds
            && after.Phase == before.Phase && after.Tally == book.Tally && SameEntry(seen, input),
            Invariant.RefusalIsInert,
            $"the refusal of {input.Id} changes nothing but its count");
    }

    private static bool SameEntry(Seen seen, TrackerInput.Register input) =>
        ReferenceEquals(seen.Before.Entries.Find(input.Id).Case, seen.After.Entries.Find(input.Id).Case);

    private void Stopped(TrackerInput.Stop input, List<TrackerOutput> completions)
    {
        Expect(completions.Count == 0, Invariant.StopIsABarrier, $"a stop completes nothing at once");
        if (book.Count == 0)
            return;
        phase = TrackerPhase.Draining;
        if (input.Limit.ToNullable() is { } limit)
        {
            var end = input.At + (limit < TimeSpan.Zero ? TimeSpan.Zero : limit);
            stopAt = stopAt is { } before && before < end ? before : end;
        }
    }
}
