using System.Diagnostics;

namespace Acomm.Bench.Peers;

/// <summary>What was measured of one kind with so many callers.</summary>
/// <param name="Calls">Calls that came back.</param>
/// <param name="Seconds">In how long.</param>
/// <param name="P50Micros">Half of them came back sooner.</param>
/// <param name="P99Micros">All but a hundredth came back sooner.</param>
/// <param name="BytesPerCall">Allocated in the caller's process.</param>
internal sealed record Figures(long Calls, double Seconds, double P50Micros, double P99Micros, double BytesPerCall)
{
    public double PerSecond => Calls / Seconds;
}

/// <summary>Runs callers, each of which calls again as soon as it was answered.</summary>
internal static class Measurement
{
    public static async Task<Figures> RunAsync(IPeerClient client, int callers, TimeSpan length)
    {
        var histograms = Enumerable.Range(0, callers).Select(_ => new Histogram()).ToArray();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var start = Stopwatch.GetTimestamp();
        var end = start + (long)(length.TotalSeconds * Stopwatch.Frequency);
        await Task.WhenAll(Enumerable.Range(0, callers).Select(i => Task.Run(() => CallAsync(client, i, end, histograms[i]))));
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var all = Histogram.Sum(histograms);
        return new Figures(all.Count, seconds, all.Micros(0.50), all.Micros(0.99), (GC.GetTotalAllocatedBytes(precise: true) - allocated) / (double)all.Count);
    }

    private static async Task CallAsync(IPeerClient client, int caller, long end, Histogram histogram)
    {
        for (var now = Stopwatch.GetTimestamp(); now < end;)
        {
            await client.CallAsync(caller);
            var then = Stopwatch.GetTimestamp();
            histogram.Add(then - now);
            now = then;
        }
    }
}

/// <summary>Durations in buckets that are each about a fortieth wider than the one before.</summary>
internal sealed class Histogram
{
    private const double Growth = 1.025;
    private const int Buckets = 800;

    private static readonly double MicrosPerTick = 1e6 / Stopwatch.Frequency;
    private readonly long[] counts = new long[Buckets];

    public long Count { get; private set; }

    public static Histogram Sum(IEnumerable<Histogram> parts)
    {
        var sum = new Histogram();
        foreach (var part in parts)
        {
            for (var i = 0; i < Buckets; i++)
                sum.counts[i] += part.counts[i];
            sum.Count += part.Count;
        }

        return sum;
    }

    public void Add(long ticks)
    {
        var micros = Math.Max(1, ticks * MicrosPerTick);
        counts[Math.Min(Buckets - 1, (int)(Math.Log(micros) / Math.Log(Growth)))]++;
        Count++;
    }

    /// <summary>The duration below which this share of them lies.</summary>
    public double Micros(double share)
    {
        var left = (long)(Count * share);
        for (var i = 0; i < Buckets; i++)
        {
            left -= counts[i];
            if (left < 0)
                return Math.Pow(Growth, i + 0.5);
        }

        return double.PositiveInfinity;
    }
}
