using Xunit;

namespace Acomm.Properties.Simulation;

/// <summary>The simulator finds what it is there for.</summary>
public class BrokenCoreTests
{
    private const ulong Seeds = 40;

    public static TheoryData<string> Names => [.. BrokenCore.All.Select(broken => broken.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_broken_core_is_caught_by_the_invariant_that_it_breaks(string name)
    {
        var broken = BrokenCore.All.Single(b => b.Name == name);
        var caught = Violations(broken).FirstOrDefault();
        Assert.True(caught?.Violation!.Invariant == broken.Breaks, caught?.Report() ?? $"not caught within {Seeds} seeds");

        // For what is broken, and not for the seed.
        var sound = Run.Of(caught!.Seed, Core.Real);
        Assert.True(sound.Violation is null, sound.Report());
    }

    // Who waits for several calls is told by this simulation itself, so that no core can break that; GatheringTests are for it.
    [Fact]
    public void Every_class_of_invariant_catches_a_broken_core() => Assert.Equal(
        Enum.GetValues<Invariant>().Except([Invariant.GatheredNames]),
        BrokenCore.All.Select(b => b.Breaks).Distinct().Order());

    private static IEnumerable<Run> Violations(BrokenCore broken)
    {
        for (var seed = 0UL; seed < Seeds; seed++)
        {
            var run = Run.Of(seed, broken.Make());
            if (run.Violation is not null)
                yield return run;
        }
    }
}
