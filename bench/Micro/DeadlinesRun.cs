using System.Diagnostics;
using Acomm.Domain;
using Acomm.Effects;
using LanguageExt;

namespace Acomm.Bench.Micro;

/// <summary>
/// A million deadlines that are due within one second of the real clock. Each is delivered to a continuation, which notes
/// how long after its deadline that was. Meanwhile another thread registers and responds once a millisecond, and notes the
/// longest time that one such pair took: a lock that is held counts, and a collection of garbage too. Then the same with
/// the baseline.
/// </summary>
internal static class DeadlinesRun
{
    private const int Open = 1_000_000;

    // Until all are registered, however slow the machine is.
    private static readonly TimeSpan Lead = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Spread = TimeSpan.FromSeconds(1);

    public static async Task RunAsync()
    {
        Console.WriteLine($"| {Open:N0} deadlines within a second | tracker | timer per request |");
        Console.WriteLine("|---|---|---|");
        var ours = await OursAsync();
        GC.Collect();
        var baseline = await BaselineAsync();
        foreach (var (label, mine, theirs) in ours.Rows.Zip(baseline.Rows, (a, b) => (a.Label, a.Value, b.Value)))
            Console.WriteLine($"| {label} | {mine} | {theirs} |");
    }

    private static async Task<Outcome> OursAsync()
    {
        using var tracker = new RunningTracker(Known.Limits, TimeProvider.System, _ => { });
        tracker.Start();
        return await PlayAsync(
            (id, timeout) => Known.Right(tracker.Register(id, timeout, Route.ToCaller, Option<Token>.None)).Completion,
            answer => tracker.Respond(answer, Origin.OwnSocket));
    }

    private static Task<Outcome> BaselineAsync()
    {
        var baseline = new TimerPerRequest();
        return PlayAsync((id, timeout) => baseline.Register(id.Value, timeout), answer => baseline.Complete(answer.Id.Value, answer));
    }

    private static async Task<Outcome> PlayAsync(Func<RequestId, TimeSpan, Task> register, Action<Response> respond)
    {
        var late = new TimeSpan[Open];
        var left = Open;
        var all = new TaskCompletionSource();
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < Open; i++)
        {
            var due = Lead + (Spread * ((double)i / Open));
            _ = NoteAsync(i, due, register(Known.NewId(), due - clock.Elapsed));
        }

        if (clock.Elapsed > Lead)
            throw new InvalidOperationException($"registering took longer than {Lead}");

        // As if they had been open for a while: what survives twice is old, and left alone by most collections.
        GC.Collect();
        GC.Collect();
        await Task.Delay(Lead - clock.Elapsed - TimeSpan.FromMilliseconds(500));
        var before = (Pause: GC.GetTotalPauseDuration(), Count: GC.CollectionCount(0), Processor: Processor());
        using var over = new CancellationTokenSource();
        var other = Task.Factory.StartNew(() => LongestPair(register, respond, over.Token), TaskCreationOptions.LongRunning);
        await all.Task;
        over.Cancel();
        var (pause, pairs) = await other;
        Array.Sort(late);
        return new Outcome(
            late, pause, pairs, GC.GetTotalPauseDuration() - before.Pause, GC.CollectionCount(0) - before.Count, Processor() - before.Processor);

        async Task NoteAsync(int i, TimeSpan due, Task completion)
        {
            await completion.ConfigureAwait(false);
            late[i] = clock.Elapsed - due;
            if (Interlocked.Decrement(ref left) == 0)
                all.SetResult();
        }
    }

    private static TimeSpan Processor() => Process.GetCurrentProcess().TotalProcessorTime;

    private static (TimeSpan Longest, long Pairs) LongestPair(Func<RequestId, TimeSpan, Task> register, Action<Response> respond, CancellationToken over)
    {
        var longest = TimeSpan.Zero;
        var pairs = 0L;
        for (; !over.IsCancellationRequested; pairs++)
        {
            var answer = Known.Answer(Known.NewId());
            var start = Stopwatch.GetTimestamp();
            register(answer.Id, Known.Long);
            respond(answer);
            var took = Stopwatch.GetElapsedTime(start);
            longest = took > longest ? took : longest;
            Thread.Sleep(1);
        }

        return (longest, pairs);
    }

    private sealed record Outcome(TimeSpan[] Late, TimeSpan LongestPair, long Pairs, TimeSpan Collecting, int Collections, TimeSpan Processor)
    {
        public IEnumerable<(string Label, string Value)> Rows =>
        [
            ("early", $"{Late.Count(l => l < TimeSpan.Zero)}"),
            ("within 50 ms", $"{Late.Count(l => l.TotalMilliseconds <= 50) * 100.0 / Open:0.000} %"),
            ("median", Ms(Late[Open / 2])),
            ("99.9 %", Ms(Late[(int)(Open * 0.999)])),
            ("worst", Ms(Late[^1])),
            ("longest register + respond of another thread meanwhile", Ms(LongestPair)),
            ("such pairs", $"{Pairs:N0}"),
            ("pauses of garbage collection meanwhile", $"{Ms(Collecting)} in {Collections}"),
            ("processor time of all", Ms(Processor)),
        ];

        private static string Ms(TimeSpan time) => $"{time.TotalMilliseconds:0.0} ms";
    }
}
