using Acomm.Domain;
using Acomm.Effects;
using LanguageExt;

namespace Acomm.Bench.Micro;

/// <summary>
/// Register and respond through the running tracker, beside the baseline in the same run: time, bytes, and the ratio to
/// 10,000 open requests. It is always the oldest that is answered, with an id of its own, as if it was read. Ids and answers
/// are made beforehand.
/// </summary>
internal static class TrackerRun
{
    private const int Rounds = 50;
    private const int Calls = 4_000;
    private static readonly int[] Outstanding = [64, 10_000, 1_000_000];

    public static async Task RunAsync()
    {
        Console.WriteLine("| open requests | register + respond | to 10,000 | allocated | baseline | allocated |");
        Console.WriteLine("|---|---|---|---|---|---|");
        var rows = Outstanding.Select(n => (Open: n, Ours: Ours(n), Baseline: Baseline(n))).ToList();
        var middle = rows.Single(row => row.Open == 10_000).Ours.Nanoseconds;
        foreach (var (open, ours, baseline) in rows)
        {
            Console.WriteLine(
                $"| {open:N0} | {ours.Nanoseconds / 1_000:0.00} us | {ours.Nanoseconds / middle:0.00} x | {ours.Bytes:0} B "
                + $"| {baseline.Nanoseconds / 1_000:0.00} us | {baseline.Bytes:0} B |");
        }

        await Task.CompletedTask;
    }

    private static (double Nanoseconds, double Bytes) Ours(int open)
    {
        using var tracker = new RunningTracker(Known.Limits, TimeProvider.System, _ => { });
        tracker.Start();
        return Play(
            open,
            id => tracker.Register(id, Known.Long, Route.ToCaller, Option<Token>.None),
            answer => tracker.Respond(answer, Origin.OwnSocket));
    }

    private static (double Nanoseconds, double Bytes) Baseline(int open)
    {
        var baseline = new TimerPerRequest();
        return Play(open, id => baseline.Register(id.Value, Known.Long), answer => baseline.Complete(answer.Id.Value, answer));
    }

    private static (double Nanoseconds, double Bytes) Play(int open, Action<RequestId> register, Action<Response> respond)
    {
        var ids = Known.Ids(open + (2 * Rounds * Calls));
        var answers = ids.Select(id => Known.Answer(Known.Right(RequestId.Parse(new string(id.Value))))).ToArray();
        foreach (var id in ids.Take(open))
            register(id);
        GC.Collect();
        return Measure.PerCall(Calls, Rounds, i =>
        {
            register(ids[open + i]);
            respond(answers[i]);
        });
    }
}
