using System.Diagnostics;
using Acomm.Effects;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Acomm.Soak;

/// <summary>The process that calls: it starts the workers, has faults befall them, measures at quiet moments, and says what did not hold.</summary>
internal sealed class Run(Arguments arguments, string directory, Wrongs wrongs, CancellationToken cancel)
{
    private const int WorkerCount = 3;
    private const double WarmUpPart = 0.15;
    private static readonly TimeSpan SettleLimit = TimeSpan.FromSeconds(30);

    // Longer than a stream waits to be opened.
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(3);

    private readonly Ledger ledger = new();
    private readonly List<Sample> samples = [];

    private readonly WorkerProcess[] workers =
        [.. Enumerable.Range(0, WorkerCount).Select(n => new WorkerProcess(n, Path.Combine(directory, $"{n}.sock"), wrongs))];

    public static async Task<int> MainAsync(Arguments arguments)
    {
        using var signals = new Signals();
        var directory = Directory.CreateTempSubdirectory("acomm-soak-").FullName;
        try
        {
            return await new Run(arguments, directory, new Wrongs().Watch(), signals.Token).RunAsync();
        }
        catch (OperationCanceledException) when (signals.Token.IsCancellationRequested)
        {
            Console.Error.WriteLine("interrupted; every worker was ended");
            return 130;
        }
        catch (Exception e) when (e is InvalidOperationException or TimeoutException or IOException)
        {
            Console.Error.WriteLine($"VIOLATED: {e.Message}");
            return 1;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private async Task<int> RunAsync()
    {
        Report.Line($"seed {arguments.Seed}, {arguments.Time.TotalMinutes:0.##} min, {WorkerCount} workers");
        try
        {
            await using var app = Hosting.NewNode(Path.Combine(directory, "caller.sock"), wrongs, _ => { });
            await app.StartAsync(cancel);
            await Task.WhenAll(workers.Select(worker => worker.StartAsync()));
            var node = app.Services.GetRequiredService<AcommNode>();
            var random = new Random(arguments.Seed);
            var faults = new Faults(workers, random);
            var load = new Load(node, workers, ledger, wrongs, random.Next());

            await SegmentAsync("start", WarmUpPart, node, load, faults);
            await SegmentAsync("middle", (1 - WarmUpPart) / 2, node, load, faults);
            await SegmentAsync("end", (1 - WarmUpPart) / 2, node, load, faults);
            var idle = await Idle.MeasureAsync(workers, cancel);
            var tally = node.Tally;
            await StopAsync(app);

            Report.Print(ledger, tally, samples, faults, idle, wrongs);
            var violated = Checks.Violated(ledger, tally, samples, faults, idle, Directory.GetFileSystemEntries(directory), wrongs).ToList();
            foreach (var line in violated)
                Console.WriteLine($"VIOLATED: {line}");
            Console.WriteLine(violated.Count == 0 ? "all of it held" : $"{violated.Count} violated, seed {arguments.Seed}");
            return violated.Count == 0 ? 0 : 1;
        }
        finally
        {
            foreach (var worker in workers)
                await worker.DisposeAsync();
        }
    }

    // Load and faults for a part of the time; then quiet, and what is held.
    private async Task SegmentAsync(string name, double part, AcommNode node, Load load, Faults faults)
    {
        using (var over = CancellationTokenSource.CreateLinkedTokenSource(cancel))
        {
            over.CancelAfter(arguments.Time * part);
            var calling = load.RunAsync(over.Token);
            await faults.RunAsync(over.Token);
            await calling;
        }

        cancel.ThrowIfCancellationRequested();
        await SettledAsync(node);
        samples.Add(Sample.Take(name, workers[0], directory, node.State));
    }

    private async Task SettledAsync(AcommNode node)
    {
        var waited = Stopwatch.StartNew();
        do
            await Task.Delay(Settle, cancel);
        while ((node.Outstanding > 0 || ledger.SourcesDisposed < ledger.SourcesOffered) && waited.Elapsed < SettleLimit);
    }

    private async Task StopAsync(WebApplication app)
    {
        await app.StopAsync(cancel);
        await Task.WhenAll(workers.Select(worker => worker.StopAsync()));
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }
}
