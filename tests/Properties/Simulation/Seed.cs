namespace Acomm.Properties.Simulation;

/// <summary>Where the seeds of a test run begin: at the first number in ACOMM_SEED, or somewhere else each time.</summary>
internal static class Seed
{
    public static ulong Base { get; } = Draws.Number ?? (ulong)Random.Shared.NextInt64(1_000_000_000_000);
}
