using Acomm.Domain;
using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Properties.Simulation;

/// <summary>
/// A core that is broken on purpose, and the invariant that must catch it: each class of invariant has one at least, so
/// that it is known to look. What a broken core remembers it remembers for one run.
/// </summary>
internal sealed record BrokenCore(string Name, Invariant Breaks, Func<Core> Make)
{
    public static IReadOnlyList<BrokenCore> All { get; } =
        [.. BrokenCompletions.All, .. BrokenRegistrations.All, .. BrokenTimes.All, .. BrokenDocuments.All, .. BrokenProxies.All];

    public override string ToString() => Name;

    /// <summary>A core of which only the step is broken.</summary>
    public static Core Stepping(Func<TrackerState, TrackerInput, (TrackerState, Seq<TrackerOutput>)> step) => Core.Real with { Step = step };

    /// <summary>A core that gives out other outputs than it should.</summary>
    public static Core Saying(Func<TrackerInput, Seq<TrackerOutput>, Seq<TrackerOutput>> say) => Stepping((state, input) =>
    {
        var (after, outputs) = Tracker.Step(state, input);
        return (after, say(input, outputs));
    });

    /// <summary>A core that takes in something else than what happened.</summary>
    public static Core Hearing(Func<TrackerState, TrackerInput, TrackerInput> hear) => Stepping((state, input) => Tracker.Step(state, hear(state, input)));

    /// <summary>The open request with an id.</summary>
    public static Option<Handle> Holder(TrackerState state, RequestId id) => state.Entries.Find(id).Map(entry => entry.Handle);

    /// <summary>The outputs, of which those to local callers are others.</summary>
    public static Seq<TrackerOutput> Delivering(Seq<TrackerOutput> outputs, Func<TrackerOutput.Deliver, Seq<TrackerOutput>> deliver) =>
        outputs.Bind(output => output is TrackerOutput.Deliver d ? deliver(d) : Seq1(output)).Strict();
}
