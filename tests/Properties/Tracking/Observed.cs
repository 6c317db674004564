using Acomm.Domain;
using LanguageExt;

namespace Acomm.Properties.Tracking;

/// <summary>What anybody can see of a tracker, its entries in the order of their registration.</summary>
internal sealed record Observed(
    TrackerPhase Phase,
    int Outstanding,
    int ArmedDeadlines,
    int RememberedIds,
    Option<Instant> StopDeadline,
    Seq<Entry> Entries,
    Option<Instant> NextDeadline,
    Tally Tally)
{
    public static Observed Of(TrackerState state) => new(
        state.Phase,
        state.Outstanding,
        state.ArmedDeadlines,
        state.RememberedIds,
        state.StopDeadline,
        [.. state.Entries.Values.OrderBy(e => e.Handle.Number)],
        Tracker.NextDeadline(state),
        state.Tally);

    /// <summary>The tally that outputs amount to.</summary>
    public static Tally TallyOf(IEnumerable<TrackerOutput> outputs)
    {
        var said = outputs.ToList();
        var completions = said.OfType<TrackerOutput.Deliver>().Select(d => d.Completion)
            .Concat(said.OfType<TrackerOutput.Forward>().Select(f => f.Completion))
            .ToList();
        var dropped = said.OfType<TrackerOutput.Dropped>().Select(d => d.Reason).ToList();
        return new Tally
        {
            Registered = said.OfType<TrackerOutput.Admitted>().Count(),
            Refused = said.OfType<TrackerOutput.Refused>().Count(),
            Answered = completions.OfType<Completion.Answered>().Count(),
            TimedOut = completions.OfType<Completion.TimedOut>().Count(),
            Cancelled = completions.OfType<Completion.Cancelled>().Count(),
            Rejected = completions.OfType<Completion.Rejected>().Count(),
            Shutdown = completions.OfType<Completion.Shutdown>().Count(),
            Duplicate = dropped.Count(r => r == DropReason.Duplicate),
            Late = dropped.Count(r => r == DropReason.Late),
            Unknown = dropped.Count(r => r == DropReason.Unknown),
            Forbidden = dropped.Count(r => r == DropReason.Forbidden),
        };
    }
}
