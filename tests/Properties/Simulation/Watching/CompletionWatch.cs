using Acomm.Domain;
using static Acomm.Properties.Simulation.Violation;
using static LanguageExt.Prelude;

namespace Acomm.Properties.Simulation;

/// <summary>What may complete a registration, and what it is completed with.</summary>
internal sealed partial class TrackerWatch
{
    private void Responded(Seen seen, TrackerInput.Respond input, List<TrackerOutput> completions)
    {
        var id = input.Response.Id;
        var entry = book.Of(id);
        var shown = input.Origin is Origin.External external ? external.Token : None;
        var admitted = input.Origin is Origin.Local || (shown.IsSome && shown == (entry?.Token ?? None));
        if (entry is not null && admitted)
        {
            Expect(completions.Count > 0, Invariant.AcceptedCompletes, $"a response for {entry.Handle} completes it");
            foreach (var output in completions)
                Answered(input, output);
            return;
        }

        if (completions.Count > 0)
        {
            throw entry is null
                ? new Violation(Invariant.ExactlyOnce, $"a response for {id} completed {HandleOf(completions[0])}, which is not open")
                : book.WasOnceOf(id, shown)
                ? new Violation(Invariant.OneEntryForAnId, $"{entry.Handle} was completed by the response of an earlier request with its id")
                : new Violation(Invariant.NobodyForges, $"{entry.Handle} was completed from outside without its token");
        }

        var dropped = seen.Outputs.Count == 1 ? seen.Outputs[0] as TrackerOutput.Dropped : null;
        Expect(dropped is not null && dropped.Id == id, Invariant.InboundConservation, $"a response for {id} that nobody takes is dropped by name");
        Expect(
            entry is not null ? dropped!.Reason == DropReason.Forbidden : book.MayDrop(id, dropped!.Reason),
            Invariant.InboundConservation,
            $"a response for {id} was dropped as {dropped.Reason}");
        book.Drop(dropped.Reason);
    }

    private void Answered(TrackerInput.Respond input, TrackerOutput output)
    {
        IsOpen(HandleOf(output), input.At);
        Expect(
            CompletionOf(output) is Completion.Answered answered && answered.Response == input.Response && answered.Origin == input.Origin
            && (output is not TrackerOutput.Forward forward || forward.Response == input.Response),
            Invariant.Fidelity,
            $"what {HandleOf(output)} is completed with is what came for it");
        Expect(HandleOf(output).Id == input.Response.Id, Invariant.Ownership, $"a response for {input.Response.Id} completed {HandleOf(output)}");
        Complete(output, input.At);
    }

    private void SendFailed(TrackerInput.SendFailed input, List<TrackerOutput> completions)
    {
        var isFinal = input.Error.Delivery is Delivery.NotSent or Delivery.Refused;
        Expect(
            book.Of(input.Handle) is null || isFinal == completions.Count > 0,
            Invariant.NotSentMeansNoByte,
            $"{input.Handle} is completed at once if it was certainly not taken, and only then: {input.Error}");
        foreach (var output in completions)
        {
            Expect(HandleOf(output) == input.Handle, Invariant.Ownership, $"a failed sending of {input.Handle} completed {HandleOf(output)}");
            Expect(CompletionOf(output) == new Completion.Rejected(input.Error), Invariant.Fidelity, $"{input.Handle} is told the error of its sending");
            Complete(output, input.At);
        }
    }

    private void Cancelled(TrackerInput.Cancel input, List<TrackerOutput> completions)
    {
        Expect(book.Of(input.Handle) is null || completions.Count > 0, Invariant.AcceptedCompletes, $"giving {input.Handle} up completes it");
        foreach (var output in completions)
        {
            Expect(HandleOf(output) == input.Handle, Invariant.Ownership, $"giving {input.Handle} up completed {HandleOf(output)}");
            Expect(CompletionOf(output) is Completion.Cancelled, Invariant.Fidelity, $"{input.Handle} is told that it was given up");
            Complete(output, input.At);
        }
    }

    private void Expired(Instant now, List<TrackerOutput> completions)
    {
        var stopOver = stopAt <= now;
        foreach (var output in completions)
        {
            var handle = HandleOf(output);
            if (book.Of(handle) is { } entry)
            {
                var completion = CompletionOf(output);
                Expect(
                    completion is Completion.TimedOut ? entry.Due <= now : completion is Completion.Shutdown && stopOver && entry.Due > now,
                    Invariant.DeadlineKept,
                    $"{handle} is due at {entry.Due}, and got {completion} at {now}");
                Expect(book.Next?.Handle == handle, Invariant.OneHistory, $"{handle} expired before {book.Next?.Handle}");
            }

            Complete(output, now);
        }

        Expect(completions.Count <= limits.ExpiriesPerStep, Invariant.WithinTheLimits, $"{completions.Count} of {limits.ExpiriesPerStep} expired at once");
        if (completions.Count == limits.ExpiriesPerStep || book.Next is not { } left)
            return;
        Expect(left.Due > now, Invariant.DeadlineKept, $"{left.Handle} is open at {now}, and was due at {left.Due}");
        Expect(!stopOver, Invariant.StopEnds, $"{left.Handle} is open at {now}, and the limit of the stop was {stopAt}");
    }

    private void Complete(TrackerOutput output, Instant now)
    {
        var (handle, completion) = (HandleOf(output), CompletionOf(output));
        var entry = IsOpen(handle, now);
        Expect(
            output is TrackerOutput.Forward forward
                ? entry.Route == forward.Route && forward.Deadline == entry.Due && forward.Response.Id == handle.Id
                    && (completion is Completion.Answered || forward.Response.Outcome is Outcome.Failure)
                : entry.Route is Route.Local,
            Invariant.Fidelity,
            $"{handle} goes to whom it was registered for, under its own id");
        book.Complete(entry, completion);
        if (completion is Completion.Shutdown)
            cut++;
    }

    private Open IsOpen(Handle handle, Instant now) =>
        book.Of(handle) ?? throw new Violation(book.WhyNotOpen(handle, now), $"{handle} was completed, and is not open");
}
