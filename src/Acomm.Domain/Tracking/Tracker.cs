using LanguageExt;

namespace Acomm.Domain;

/// <summary>
/// The tracker as one pure, total function: <see cref="Tracker{TStore}"/> over persistent maps, so that a state stays as it was
/// when it is stepped.
/// </summary>
public static class Tracker
{
    /// <summary>Deadlines are rounded up to ticks of 10 ms, so that many fall together and nothing is early.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    /// <summary>What an input changes, and what is to be done about it, in order.</summary>
    public static (TrackerState State, Seq<TrackerOutput> Outputs) Step(TrackerState state, TrackerInput input)
    {
        var (known, outputs) = Tracker<PersistentStore>.Step(state.Known, input);
        return (new TrackerState(known), outputs.ToSeq());
    }

    /// <summary>When <see cref="TrackerInput.TimePassed"/> is wanted next; never, if nothing is open.</summary>
    public static Option<Instant> NextDeadline(TrackerState state) => Tracker<PersistentStore>.NextDeadline(state.Known);
}
