using System.Diagnostics;
using Acomm.Domain;
using Acomm.Effects;
using LanguageExt;

namespace Acomm.Bench.Micro;

/// <summary>
/// A million deadlines that are due within one second of the real clock. Each is delivered to a continuation, which notes
/// how long after its deadline that was. Meanwhile another thread registers and responds without a pause, and notes the
/// longest time that one such pair took: a lock that is held counts, and a collection of garbage too.
/// </summary>
internal static class DeadlinesRun
{
    private const int Open = 1_000_000;
    private static readonly TimeSpan Bound = TimeSpan.FromMilliseconds(50);

    // Until all are registered, however slow the machine is.
    private static readonly TimeSpan Lead = TimeSpan.FromSeconds(30);

    public static async Task RunAsync()
    {
        using var tracker = new RunningTracker(Known.Limits, TimeProvider.System, _ => { });
        tracker.Start();
        var ids = Known.Ids(Open);
        var late = new long[Open];
        var left = Open;
        var all = new TaskCompletionSource();
        var first = tracker.Now + Lead;
        for (var i = 0; i < Open; i++)
        {
            var due = first + (TimeSpan.FromSeconds(1) * ((double)i / Open));
            _ = NoteAsync(i, due, Known.Right(tracker.Register(ids[i], due - tracker.Now, Route.ToCaller, Option<Token>.None)).Completion);
        }

        if (tracker.Now > first)
            throw new InvalidOperationException($"registering took longer than {Lead}");
        GC.Collect();
        await Task.Delay(first - tracker.Now - TimeSpan.FromMilliseconds(500));
        var collecting = GC.GetTotalPauseDuration();
        using var over = new CancellationTokenSource();
        var other = Task.Factory.StartNew(() => LongestPause(tracker, over.Token), TaskCreationOptions.LongRunning);
        await all.Task;
        over.Cancel();
        var (pause, pairs) = await other;
        Array.Sort(late);
        Console.WriteLine($"| {Open:N0} deadlines within a second | |");
        Console.WriteLine("|---|---|");
        Console.WriteLine($"| early | {late.Count(l => l < 0)} |");
        Console.WriteLine($"| delivered within {Bound.TotalMilliseconds} ms | {late.Count(l => l <= Bound.Ticks) * 100.0 / Open:0.000} % |");
        Console.WriteLine($"| median, 99.9 %, worst | {Ms(late[Open / 2])}, {Ms(late[(int)(Open * 0.999)])}, {Ms(late[^1])} |");
        Console.WriteLine($"| longest pause of another caller, of {pairs:N0} pairs | {pause.TotalMilliseconds:0.0} ms |");
        Console.WriteLine($"| collections of garbage meanwhile, in sum | {(GC.GetTotalPauseDuration() - collecting).TotalMilliseconds:0.0} ms |");

        async Task NoteAsync(int i, Instant due, Task<Completion> completion)
        {
            await completion.ConfigureAwait(false);
            late[i] = (tracker.Now - due).Ticks;
            if (Interlocked.Decrement(ref left) == 0)
                all.SetResult();
        }
    }

    private static string Ms(long ticks) => $"{(double)ticks / TimeSpan.TicksPerMillisecond:0.0} ms";

    private static (TimeSpan Longest, long Pairs) LongestPause(RunningTracker tracker, CancellationToken over)
    {
        var longest = TimeSpan.Zero;
        var pairs = 0L;
        for (; !over.IsCancellationRequested; pairs++)
        {
            var answer = Known.Answer(Known.NewId());
            var start = Stopwatch.GetTimestamp();
            tracker.Register(answer.Id, Known.Long, Route.ToCaller, Option<Token>.None);
            tracker.Respond(answer, Origin.OwnSocket);
            var took = Stopwatch.GetElapsedTime(start);
            longest = took > longest ? took : longest;
        }

        return (longest, pairs);
    }
}
