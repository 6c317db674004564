using System.Diagnostics;
using Acomm.Domain;
using Acomm.Effects;
using LanguageExt;

namespace Acomm.Bench.Micro;

/// <summary>The processor time that a million open requests take while nothing happens.</summary>
internal static class IdleRun
{
    private const int Open = 1_000_000;
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(10);

    public static async Task RunAsync()
    {
        using var tracker = new RunningTracker(Known.Limits, TimeProvider.System, _ => { });
        tracker.Start();
        for (var i = 0; i < Open; i++)
            tracker.Register(Known.NewId(), Known.Long, Route.ToCaller, Option<Token>.None);
        GC.Collect();
        await Task.Delay(Settling);
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        await Task.Delay(Watched);
        var used = Process.GetCurrentProcess().TotalProcessorTime - before;
        Console.WriteLine($"| processor time in {Watched.TotalSeconds:0} s at {Open:N0} open requests | {used.TotalMilliseconds:0} ms |");
        Console.WriteLine("|---|---|");
    }
}
