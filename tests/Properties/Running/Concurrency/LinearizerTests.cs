using Acomm.Domain;
using Acomm.Properties.Generators;
using FsCheck;
using FsCheck.Fluent;
using LanguageExt;
using Xunit;
using static LanguageExt.Prelude;

namespace Acomm.Properties.Running.Concurrency;

/// <summary>The search finds what is wrong, and nothing else; the seeded order is the same each time.</summary>
public sealed class LinearizerTests
{
    private const int SampleSize = 1_000;

    private static readonly Either<AcommError, Response> Cancelled = new AcommError.Cancelled(TrackerWords.Id(0));
    private static readonly Either<AcommError, Response> Duplicate = new AcommError.DuplicateId(TrackerWords.Id(0));

    public static TheoryData<Fault> Faults => [.. Enum.GetValues<Fault>().Where(f => f != Fault.None)];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_broken_tracker_is_found_out(Fault fault)
    {
        foreach (var script in Sample().Concat(Restarts()))
        {
            if ((await Broken(fault, script)).Refutation.IsNone)
                continue;

            // For the fault, and not for the script.
            (await Broken(Fault.None, script)).Refutation.IfSome(why => Assert.Fail(why));
            return;
        }

        Assert.Fail($"{fault} passed in every history");
    }

    [Fact]
    public async Task The_same_tracker_without_a_fault_is_not()
    {
        foreach (var script in Sample().Take(300))
            (await Broken(Fault.None, script)).Refutation.IfSome(why => Assert.Fail(why));
    }

    [Fact]
    public async Task The_running_tracker_is_not_when_it_is_stopped_twice_and_started_again()
    {
        foreach (var script in Restarts().Take(300))
            (await Play.FreeAsync((limits, _, clock) => new TrackedTracker(limits, clock), script)).Refutation.IfSome(why => Assert.Fail(why));
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_history()
    {
        foreach (var script in Sample().Take(50))
        {
            var (first, second) = (await Broken(Fault.CheckThenAct, script), await Broken(Fault.CheckThenAct, script));
            Assert.Equal(first.History.Select(o => o.ToString()), second.History.Select(o => o.ToString()));
        }
    }

    [Fact]
    public void Of_two_that_register_one_id_at_once_either_may_be_first()
    {
        AssertAccepted(Register(1, 2, 5, Cancelled), Register(2, 3, 4, Duplicate), Cancel(3, 1, 6, 7));
        AssertAccepted(Register(1, 2, 5, Duplicate), Register(2, 3, 4, Cancelled), Cancel(3, 2, 6, 7));
    }

    [Fact]
    public void Of_two_that_register_one_id_not_both_are_first_and_not_neither()
    {
        AssertRefuted(Register(1, 2, 5, Cancelled), Register(2, 3, 4, Cancelled), Cancel(3, 1, 6, 7), Cancel(4, 2, 8, 9));
        AssertRefuted(Register(1, 2, 5, Duplicate), Register(2, 3, 4, Duplicate));
    }

    [Fact]
    public void What_returned_before_another_was_invoked_comes_before_it() =>
        AssertRefuted(Register(1, 2, 3, Duplicate), Register(2, 4, 5, Cancelled), Cancel(3, 2, 6, 7));

    [Fact]
    public void An_outcome_has_a_cause_and_a_cause_has_its_outcome()
    {
        AssertAccepted(Register(1, 2, 3, None));
        AssertRefuted(Register(1, 2, 3, Cancelled));
        AssertRefuted(Register(1, 2, 3, None), Cancel(2, 1, 4, 5));
    }

    [Fact]
    public void A_timeout_is_neither_early_nor_missing()
    {
        var timedOut = Left<AcommError, Response>(new AcommError.TimedOut(TrackerWords.Id(0), TrackerWords.Tick));
        var (almost, enough) = (TrackerWords.Tick - new TimeSpan(1), 2 * TrackerWords.Tick);
        AssertAccepted(Register(1, 2, 3, timedOut), Advance(2, enough, 4, 5), Cancel(3, 1, 6, 7));
        AssertRefuted(Register(1, 2, 3, timedOut), Advance(2, almost, 4, 5), Cancel(3, 1, 6, 7));
        AssertRefuted(Register(1, 2, 3, Cancelled), Advance(2, enough, 4, 5), Cancel(3, 1, 6, 7));
    }

    // A cancellation and the deadline at the same time: either may win.
    [Fact]
    public void A_tie_may_end_either_way()
    {
        var timedOut = Left<AcommError, Response>(new AcommError.TimedOut(TrackerWords.Id(0), TrackerWords.Tick));
        foreach (var outcome in new[] { timedOut, Cancelled })
            AssertAccepted(Register(1, 2, 3, outcome), Advance(2, TrackerWords.Tick, 4, 7), Cancel(3, 1, 5, 6));
    }

    private static void AssertAccepted(params Operation[] operations) => Refuted(operations).IfSome(why => Assert.Fail(why));

    private static void AssertRefuted(params Operation[] operations) => Assert.True(Refuted(operations).IsSome);

    private static Option<string> Refuted(Operation[] operations) => Linearizer.Refute(
        Limits.Default,
        [new Operation(0, 0, new Call.Input(new TrackerInput.Start { At = default }), 0, 1, new Answered()), .. operations],
        []);

    private static Operation Register(int number, long invoked, long returned, Option<Either<AcommError, Response>> outcome) => new(
        number,
        number,
        new Call.Input(new TrackerInput.Register(TrackerWords.Id(0), TrackerWords.Tick, Route.ToCaller, None) { At = default }),
        invoked,
        returned,
        new Answered { Outcome = outcome });

    private static Operation Cancel(int number, int registration, long invoked, long returned) =>
        new(number, 0, new Call.Cancel(registration), invoked, returned, new Answered());

    private static Operation Advance(int number, TimeSpan by, long invoked, long returned) =>
        new(number, 0, new Call.Advance(by), invoked, returned, new Answered());

    private static Task<Played> Broken(Fault fault, ConcurrentScript script) =>
        Play.InterleavedAsync((limits, _, clock) => new BrokenTracker(fault, limits, clock), script);

    private static IEnumerable<ConcurrentScript> Sample() => ConcurrentScripts.Scripts.Sample(SampleSize, new Rnd(23), SampleSize);

    // What random moves seldom come to: one stop is held up until another one is over and work has begun again.
    private static IEnumerable<ConcurrentScript> Restarts()
    {
        var stop = new Move.Stop(null);
        var register = new Move.Register(0, TrackerWords.Tick, false, Secret.None);
        return Enumerable.Range(0, SampleSize).Select(seed => new ConcurrentScript(seed, 1_000, 1_000, [[stop], [stop, new Move.Start(), register]]));
    }
}
