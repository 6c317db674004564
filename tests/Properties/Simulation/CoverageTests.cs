using Xunit;

namespace Acomm.Properties.Simulation;

/// <summary>What a simulation never does it cannot find anything with.</summary>
public class CoverageTests
{
    private static readonly IReadOnlyList<Run> Runs = [.. Enumerable.Range(0, 60).Select(seed => Run.Of((ulong)seed, Core.Real))];

    [Fact]
    public void Every_fault_strikes_in_some_runs_and_is_off_in_others()
    {
        Assert.All(Plan.Faults, fault => Assert.Contains(Runs, run => run.Faults[(int)fault] > 0));
        Assert.All(Plan.Faults, fault => Assert.Contains(Runs, run => run.Plan.PerMille[(int)fault] == 0));
        Assert.All(Runs, run => Assert.All(Plan.Faults, fault => Assert.True(run.Plan.PerMille[(int)fault] > 0 || run.Faults[(int)fault] == 0)));
    }

    [Theory]
    [InlineData("completed: Answered")]
    [InlineData("completed: TimedOut")]
    [InlineData("completed: Cancelled")]
    [InlineData("completed: Rejected")]
    [InlineData("completed: Shutdown")]
    [InlineData("not admitted: DuplicateId")]
    [InlineData("not admitted: TrackerFull")]
    [InlineData("not admitted: ShuttingDown")]
    [InlineData("not admitted: TimeoutInvalid")]
    [InlineData("dropped: Duplicate")]
    [InlineData("dropped: Late")]
    [InlineData("dropped: Unknown")]
    [InlineData("dropped: Forbidden")]
    [InlineData("forwarded")]
    [InlineData("passed on")]
    [InlineData("sent again")]
    [InlineData("call: Failed")]
    [InlineData("call: Told")]
    [InlineData("call: died with its process")]
    [InlineData("answer lost: FrameTooLong")]
    [InlineData("refused: AddressForbidden")]
    [InlineData("refused: TaskOverloaded")]
    public void Every_outcome_comes_about(string outcome) => Assert.Contains(Runs, run => run.Outcomes.GetValueOrDefault(outcome) > 0);
}
