using System.Diagnostics;

namespace Acomm.Soak;

/// <summary>The part of one core that this process, and each worker, used while there was nothing to do.</summary>
internal sealed record Idle(IReadOnlyList<(string Process, double Part)> Parts)
{
    /// <summary>Who has nothing to do uses no more.</summary>
    public const double Limit = 0.05;

    private const int TriesLimit = 6;
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(5);

    public double Highest => Parts.Max(p => p.Part);

    /// <summary>Measures, again while it is too much: a worker that was just started is still compiled in the background.</summary>
    public static async Task<Idle> MeasureAsync(IReadOnlyList<WorkerProcess> workers, CancellationToken cancel)
    {
        var measured = await MeasureOnceAsync(workers, cancel);
        for (var tries = 1; tries < TriesLimit && measured.Highest > Limit; tries++)
            measured = await MeasureOnceAsync(workers, cancel);
        return measured;
    }

    private static async Task<Idle> MeasureOnceAsync(IReadOnlyList<WorkerProcess> workers, CancellationToken cancel)
    {
        using var self = Process.GetCurrentProcess();
        var watch = Stopwatch.StartNew();
        var before = Used();
        await Task.Delay(Time, cancel);
        var after = Used();
        var elapsed = watch.Elapsed;
        return new Idle([.. before.Zip(after, (b, a) => (b.Process, (a.Used - b.Used) / elapsed))]);

        List<(string Process, TimeSpan Used)> Used()
        {
            self.Refresh();
            return [("callers", self.TotalProcessorTime), .. workers.Select(w => ($"worker {w.Number}", w.ProcessorTime))];
        }
    }
}
