namespace Acomm.Bench.Peers;

/// <summary>What was measured, by kind and number of callers.</summary>
internal sealed record Measured(IReadOnlyList<PeerKind> Kinds, IReadOnlyList<int> Concurrency, IReadOnlyDictionary<(string Key, int Callers), Figures> Figures);

/// <summary>Measures all kinds in alternation, so that whatever slows the machine slows all of them.</summary>
internal sealed class Run(IReadOnlyList<PeerKind> kinds, IReadOnlyList<int> concurrency, TimeSpan length, int rounds)
{
    // Each server is a new process: until then the runtime still compiles its methods again, for speed.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);

    public async Task<Measured> MeasureAsync(CancellationToken cancel)
    {
        var figures = new Dictionary<(string, int), List<Figures>>();
        foreach (var callers in concurrency)
        {
            for (var round = 0; round < rounds; round++)
            {
                foreach (var kind in kinds)
                {
                    cancel.ThrowIfCancellationRequested();
                    Console.Error.Write($"\r{callers} callers, round {round + 1} of {rounds}: {kind.Name,-40}");
                    var key = (kind.Key, callers);
                    figures.TryAdd(key, []);
                    figures[key].Add(await OneAsync(kind, callers));
                }
            }
        }

        Console.Error.WriteLine();
        return new Measured(kinds, concurrency, figures.ToDictionary(f => f.Key, f => Together(f.Value)));
    }

    private async Task<Figures> OneAsync(PeerKind kind, int callers)
    {
        await using var server = await ServerProcess.StartAsync(kind);
        await using var client = await kind.ConnectAsync(server.Directory, callers);
        await Measurement.RunAsync(client, callers, WarmUp);
        return await Measurement.RunAsync(client, callers, length / rounds);
    }

    // Rates add up; of the others the median round stands for all.
    private static Figures Together(List<Figures> parts) => new(
        parts.Sum(p => p.Calls),
        parts.Sum(p => p.Seconds),
        Median(parts.Select(p => p.P50Micros)),
        Median(parts.Select(p => p.P99Micros)),
        Median(parts.Select(p => p.BytesPerCall)));

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[sorted.Length / 2] + sorted[(sorted.Length - 1) / 2]) / 2;
    }
}
