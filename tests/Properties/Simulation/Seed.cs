using System.Globalization;

namespace Acomm.Properties.Simulation;

/// <summary>Where the seeds of a test run begin: at the first number in ACOMM_SEED, or somewhere else each time.</summary>
internal static class Seed
{
    public static ulong Base { get; } = FromEnvironment() ?? (ulong)Random.Shared.NextInt64(1_000_000_000_000);

    private static ulong? FromEnvironment()
    {
        var text = Environment.GetEnvironmentVariable("ACOMM_SEED") ?? "";
        var digits = string.Concat(text.SkipWhile(c => !char.IsAsciiDigit(c)).TakeWhile(char.IsAsciiDigit));
        return ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? seed : null;
    }
}
