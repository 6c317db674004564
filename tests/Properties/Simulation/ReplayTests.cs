using Acomm.Domain;
using Xunit;

namespace Acomm.Properties.Simulation;

/// <summary>A seed is all that it takes to see a run again.</summary>
public class ReplayTests
{
    [Fact]
    public void A_seed_gives_the_same_history_again()
    {
        for (var n = 0UL; n < 10; n++)
        {
            var (run, again) = (Run.Of(Seed.Base + n, Core.Real), Run.Of(Seed.Base + n, Core.Real));
            Assert.Equal((run.Hash, run.Steps), (again.Hash, again.Steps));
            Assert.Equal(run.Last, again.Last);
            Assert.Equal(run.Outcomes, again.Outcomes);
        }
    }

    // If it does not, either the generator or the simulation has changed, or the domain decides otherwise than before.
    [Fact]
    public void Two_seeds_give_two_histories() => Assert.NotEqual(Run.Of(1, Core.Real).Hash, Run.Of(2, Core.Real).Hash);

    [Fact]
    public void A_failure_is_found_again_by_its_seed_and_says_how()
    {
        var broken = BrokenCore.All[0];
        var run = Enumerable.Range(0, 40).Select(seed => Run.Of((ulong)seed, broken.Make())).First(r => r.Violation is not null);
        var again = Run.Of(run.Seed, broken.Make());
        Assert.Equal((run.Report(), run.Hash, run.Steps), (again.Report(), again.Hash, again.Steps));
        Assert.Contains($"seed {run.Seed}, step {run.Steps}", run.Report());
        Assert.Contains(run.Plan.ToString(), run.Report());
        Assert.Contains($"--seed {run.Seed}", run.Report());
        Assert.Contains(run.Last[^1].ToString(), run.Report());
    }

    [Fact]
    public void A_core_that_asks_anything_but_the_seed_gives_itself_away()
    {
        var fickle = Core.Real with { RetryAfter = (sending, error, attempts, left, _) => Retry.After(sending, error, attempts, left, Random.Shared.NextDouble()) };
        Assert.Contains(Enumerable.Range(0, 20), seed => Run.Of((ulong)seed, fickle).Hash != Run.Of((ulong)seed, fickle).Hash);
    }
}
