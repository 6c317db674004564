namespace Acomm.Soak;

/// <summary>What befalls the workers, one thing at a time: killed, stopped, paused. The first of them is only ever paused.</summary>
internal sealed class Faults(IReadOnlyList<WorkerProcess> workers, Random random)
{
    private const int BetweenLimitMs = 2_000;
    private const int PauseLimitMs = 2_500;
    private const int GoneLimitMs = 500;

    public int Kills { get; private set; }

    public int Restarts { get; private set; }

    public int Pauses { get; private set; }

    /// <summary>Goes on until it is cancelled, and leaves every worker running.</summary>
    public async Task RunAsync(CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            await WaitAsync(BetweenLimitMs, over);
            var worker = workers[random.Next(workers.Count)];
            await (worker.Number == 0 ? PauseAsync(worker, over) : random.Next(4) switch
            {
                0 => PauseAsync(worker, over),
                1 => StopAsync(worker, over),
                _ => KillAsync(worker, over),
            });
        }
    }

    private async Task KillAsync(WorkerProcess worker, CancellationToken over)
    {
        Kills++;
        await worker.KillAsync();
        await WaitAsync(GoneLimitMs, over);
        await worker.StartAsync();
    }

    private async Task StopAsync(WorkerProcess worker, CancellationToken over)
    {
        Restarts++;
        await worker.StopAsync();
        await WaitAsync(GoneLimitMs, over);
        await worker.StartAsync();
    }

    private async Task PauseAsync(WorkerProcess worker, CancellationToken over)
    {
        Pauses++;
        worker.Send(Signal.Stop);
        await WaitAsync(PauseLimitMs, over);
        worker.Send(Signal.Continue);
    }

    private async Task WaitAsync(int limitMs, CancellationToken over) =>
        await Task.Delay(random.Next(limitMs), over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
