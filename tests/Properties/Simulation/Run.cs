using System.Globalization;
using System.Text;

namespace Acomm.Properties.Simulation;

/// <summary>One run of the simulation, which its seed determines entirely.</summary>
internal sealed record Run(
    ulong Seed,
    Plan Plan,
    long Steps,
    ulong Hash,
    Violation? Violation,
    IReadOnlyList<long> Faults,
    IReadOnlyDictionary<string, long> Outcomes,
    IReadOnlyList<Happening> Last)
{
    /// <summary>Lives through the world of a seed, around a core that may be broken.</summary>
    public static Run Of(ulong seed, Core core, Action<Happening>? reader = null)
    {
        var world = new World(seed, core, reader);
        var violation = Live(world);
        return new Run(seed, world.Plan, world.Journal.Step, world.Journal.Hash, violation, world.Faults, world.Outcomes, [.. world.Journal.Last]);
    }

    /// <summary>All that is needed to look into it: the seed alone brings it back.</summary>
    public string Report() => new StringBuilder()
        .AppendLine(CultureInfo.InvariantCulture, $"seed {Seed}, step {Steps}, history {Hash:x16}: {Violation?.Message ?? "no violation"}")
        .AppendLine(CultureInfo.InvariantCulture, $"plan: {Plan}")
        .AppendLine(CultureInfo.InvariantCulture, $"replay: dotnet run --project tests/Simulate -- --seed {Seed}")
        .AppendLine("last of its history:")
        .AppendJoin(Environment.NewLine, Last)
        .ToString();

    private static Violation? Live(World world)
    {
        try
        {
            world.Live();
            return null;
        }
        catch (Violation violation)
        {
            return violation;
        }
        catch (Exception e)
        {
            return new Violation(Invariant.Total, e.ToString());
        }
    }
}
