using Acomm.Domain;
using Acomm.Properties.Generators;
using LanguageExt;
using Microsoft.Extensions.Time.Testing;

namespace Acomm.Properties.Running.Concurrency;

/// <summary>Makes what is to be tested: its limits, the clock that a script moves, and the same clock as it is to be read.</summary>
internal delegate ITracked Tracked(Limits limits, FakeTimeProvider time, TimeProvider clock);

/// <summary>What came of a script.</summary>
internal sealed record Played(ConcurrentScript Script, IReadOnlyList<Operation> History, IReadOnlyList<TrackerOutput.Forward> Forwarded)
{
    public Option<string> Refutation => Linearizer.Refute(Script.Limits, History, Forwarded);
}

/// <summary>Plays scripts: starts, lets the threads loose, and at the end, alone, lets time pass until nothing can be open.</summary>
internal static class Play
{
    // A little, so that not everything is due at the same time, and then longer than any timeout there is.
    private static readonly TimeSpan[] Waits = [TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(2), 2 * Limits.RequestTimeoutCeiling];

    /// <summary>One thread at a time, in the order that the script's seed gives.</summary>
    public static Task<Played> InterleavedAsync(Tracked make, ConcurrentScript script) =>
        PlayAsync(make, script, Interleaving.Pause, works => new Interleaving(script.Seed).Run(works));

    /// <summary>All threads at once, as fast as the machine has it, each held up a little where it reads the clock.</summary>
    public static Task<Played> FreeAsync(Tracked make, ConcurrentScript script)
    {
        using var random = new ThreadLocal<Random>(() => new Random(HashCode.Combine(script.Seed, Environment.CurrentManagedThreadId)));
        return PlayAsync(make, script, () => Thread.SpinWait(random.Value!.Next(200)), AtOnce);
    }

    private static async Task<Played> PlayAsync(Tracked make, ConcurrentScript script, Action pause, Action<IReadOnlyList<Action>> run)
    {
        var time = new FakeTimeProvider();
        using var tracked = make(script.Limits, time, new PausingTime(time, pause));
        var recorder = new Recorder(tracked, time);
        recorder.Play(0, new Move.Start());
        run([.. script.Threads.Select((moves, i) => (Action)(() =>
        {
            foreach (var move in moves)
            {
                pause();
                recorder.Play(i + 1, move);
            }
        }))]);
        foreach (var wait in Waits)
        {
            recorder.Advance(0, wait);
            recorder.Look(0);
        }

        await tracked.SettledAsync();
        return new Played(script, recorder.History(), tracked.Forwarded);
    }

    private static void AtOnce(IReadOnlyList<Action> works)
    {
        using var together = new Barrier(works.Count);
        var failures = new System.Collections.Concurrent.ConcurrentQueue<Exception>();
        var threads = works.Select(work => new Thread(() =>
        {
            together.SignalAndWait();
            try
            {
                work();
            }
            catch (Exception e)
            {
                failures.Enqueue(e);
            }
        })).ToList();
        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());
        if (!failures.IsEmpty)
            throw new AggregateException(failures);
    }
}
