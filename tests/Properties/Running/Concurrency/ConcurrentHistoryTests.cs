using Acomm.Properties.Generators;
using FsCheck.Xunit;
using Xunit;

namespace Acomm.Properties.Running.Concurrency;

/// <summary>Invariant 23 for what runs: whatever several threads do at once, one after the other could have done.</summary>
[Props(typeof(ConcurrentScripts), 100)]
public sealed class ConcurrentHistoryTests
{
    private static readonly Tracked Tracker = (limits, _, clock) => new TrackedTracker(limits, clock);
    private static readonly Tracked Node = (limits, time, clock) => new TrackedNode(limits, time, clock);

    [Property]
    public async Task Invariant_23_every_history_of_the_running_tracker_in_a_seeded_order_equals_a_sequential_one(ConcurrentScript script) =>
        AssertSequential(await Play.InterleavedAsync(Tracker, script));

    [Property]
    public async Task Invariant_23_every_history_of_the_running_tracker_on_free_threads_equals_a_sequential_one(ConcurrentScript script) =>
        AssertSequential(await Play.FreeAsync(Tracker, script));

    [Property]
    public async Task Invariant_23_every_history_of_calls_on_a_node_in_a_seeded_order_equals_a_sequential_one(ConcurrentScript script) =>
        AssertSequential(await Play.InterleavedAsync(Node, script));

    [Property]
    public async Task Invariant_23_every_history_of_calls_on_a_node_on_free_threads_equals_a_sequential_one(ConcurrentScript script) =>
        AssertSequential(await Play.FreeAsync(Node, script));

    private static void AssertSequential(Played played) => played.Refutation.IfSome(why => Assert.Fail(why));
}
