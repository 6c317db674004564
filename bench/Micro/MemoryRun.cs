using Acomm.Domain;
using Acomm.Effects;
using LanguageExt;

namespace Acomm.Bench.Micro;

/// <summary>Live memory for each of a million open requests, the string of its id and the task that waits for it included.</summary>
internal static class MemoryRun
{
    private const int Open = 1_000_000;

    public static Task RunAsync()
    {
        using var tracker = new RunningTracker(Known.Limits, TimeProvider.System, _ => { });
        tracker.Start();
        var baseline = new TimerPerRequest();
        Console.WriteLine("| live bytes for each of a million open requests | |");
        Console.WriteLine("|---|---|");
        Report("tracker", id => tracker.Register(id, Known.Long, Route.ToCaller, Option<Token>.None));
        Report("concurrent dictionary and a timer each", id => baseline.Register(id.Value, Known.Long));
        GC.KeepAlive(tracker);
        GC.KeepAlive(baseline);
        return Task.CompletedTask;
    }

    private static void Report(string name, Action<RequestId> register)
    {
        var before = Measure.LiveBytes();
        for (var i = 0; i < Open; i++)
            register(Known.NewId());
        Console.WriteLine($"| {name} | {(Measure.LiveBytes() - before) / Open} B |");
    }
}
