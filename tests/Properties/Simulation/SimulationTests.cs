using Xunit;

namespace Acomm.Properties.Simulation;

/// <summary>A share of the seeds; the classes run side by side.</summary>
public abstract class SimulationTests(int share)
{
    private const int Shares = 4;
    private const int Seeds = 1_000 / Shares;
    private const long Steps = 2_000_000 / Shares;

    [Fact]
    public void Nothing_that_befalls_the_nodes_breaks_an_invariant()
    {
        var steps = 0L;
        for (var n = 0; n < Seeds; n++)
        {
            var run = Run.Of(Seed.Base + (ulong)((share * Seeds) + n), Core.Real);
            Assert.True(run.Violation is null, run.Report());
            steps += run.Steps;
        }

        Assert.True(steps >= Steps, $"only {steps} steps");
    }
}

public class FirstSimulationTests() : SimulationTests(0);

public class SecondSimulationTests() : SimulationTests(1);

public class ThirdSimulationTests() : SimulationTests(2);

public class FourthSimulationTests() : SimulationTests(3);
