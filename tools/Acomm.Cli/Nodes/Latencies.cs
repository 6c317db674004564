using System.Globalization;

namespace Acomm.Cli.Nodes;

/// <summary>How long calls took.</summary>
/// <param name="Min">The shortest.</param>
/// <param name="P50">Half of them took no longer.</param>
/// <param name="P90">Of ten, nine took no longer.</param>
/// <param name="P99">Of a hundred, 99 took no longer.</param>
/// <param name="Max">The longest.</param>
internal sealed record Latencies(TimeSpan Min, TimeSpan P50, TimeSpan P90, TimeSpan P99, TimeSpan Max)
{
    /// <summary>The figures of at least one call; each is the time of a call that was measured (nearest rank).</summary>
    public static Latencies Of(IEnumerable<TimeSpan> times)
    {
        TimeSpan[] sorted = [.. times.Order()];
        return new Latencies(sorted[0], Rank(50), Rank(90), Rank(99), sorted[^1]);

        TimeSpan Rank(int percent) => sorted[(((sorted.Length * percent) + 99) / 100) - 1];
    }

    public override string ToString() => $"min {Millis(Min)}, p50 {Millis(P50)}, p90 {Millis(P90)}, p99 {Millis(P99)}, max {Millis(Max)}";

    private static string Millis(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.###} ms");
}
