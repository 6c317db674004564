using System.Diagnostics;
using Acomm.Domain;
using Acomm.Effects;

namespace Acomm.Soak;

/// <summary>Calls of every kind, a few at a time, each looked at to its end.</summary>
internal sealed class Load(IAcomm acomm, IReadOnlyList<WorkerProcess> workers, Ledger ledger, Wrongs wrongs, int seed)
{
    private const int Loops = 8;
    private const int BetweenLimitMs = 100;
    private const int TimeoutLeastMs = 100;
    private const int TimeoutLimitMs = 1_500;

    // Nobody waits longer than the timeout; the rest is what a busy machine may add.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(10);

    private static readonly Func<CallPlans, CallPlan>[] Plans =
        [p => p.Echo(), p => p.Fail(), p => p.Nap(), p => p.Digest(), p => p.Blob(), p => p.Cancelled(), p => p.Relayed()];

    private int loop;

    /// <summary>Goes on until it is cancelled, and until the last call has ended.</summary>
    public Task RunAsync(CancellationToken over) => Task.WhenAll(Enumerable.Range(0, Loops).Select(_ => Task.Run(() => LoopAsync(over))));

    private async Task LoopAsync(CancellationToken over)
    {
        var random = new Random(HashCodeOf(seed, Interlocked.Increment(ref loop)));
        var plans = new CallPlans(random, workers, ledger);
        while (!over.IsCancellationRequested)
        {
            try
            {
                await CallAsync(Plans[random.Next(Plans.Length)](plans), random);
            }
            catch (Exception e)
            {
                wrongs.Add($"a call threw: {e}");
            }

            await Task.Delay(random.Next(BetweenLimitMs), over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task CallAsync(CallPlan plan, Random random)
    {
        var timeout = TimeSpan.FromMilliseconds(random.Next(TimeoutLeastMs, TimeoutLimitMs));
        var watch = Stopwatch.StartNew();
        ledger.Start(plan.Kind);
        var call = acomm.Begin(plan.To, plan.Task, plan.Args, plan.Options with { Timeout = timeout });
        var endings = 0;
        Reply<RawJson>? reply = null;
        AcommError? error = null;
        var handled = call.HandleAsync(
            onSuccess: answer => Handled(() => reply = answer),
            onError: failure => Handled(() => error = failure));
        if (plan.IsCancelled)
        {
            await Task.WhenAny(handled, Task.Delay(timeout * random.NextDouble()));
            call.Remove();
        }

        await handled;
        ledger.End(plan.Kind, error?.Name ?? Ledger.Answered);
        if (endings != 1)
            wrongs.Add($"{plan.Kind}: ended {endings} times");
        if (watch.Elapsed > timeout + Slack)
            wrongs.Add($"{plan.Kind}: ended after {watch.Elapsed}, its timeout was {timeout}");
        var wrong = reply is not null ? await plan.WrongAsync(reply) : plan.IsWrong(error!) ? $"ended in {error}" : null;
        if (wrong is not null)
            wrongs.Add($"{plan.Kind}: {wrong}");

        Task Handled(Action set)
        {
            Interlocked.Increment(ref endings);
            set();
            return Task.CompletedTask;
        }
    }

    // The same on every run, unlike that of the framework.
    private static int HashCodeOf(int seed, int loop) => unchecked((seed * 397) ^ (loop * 7_919));
}
