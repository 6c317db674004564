using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace Acomm.Samples.Quickstart;

/// <summary>Tells what happens: a line for each step with the time that has gone by, and a bar meanwhile on a terminal.</summary>
internal sealed class Screen
{
    private readonly Stopwatch since = Stopwatch.StartNew();

    public TimeSpan Elapsed => since.Elapsed;

    public void Line(string step, string happened) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Elapsed.TotalSeconds,7:0.000} s  {step,-8} {happened}"));

    /// <summary>Does work that reports the bytes it moves.</summary>
    public static async Task<T> WithBarAsync<T>(string what, long bytes, Func<IProgress<long>, Task<T>> work)
    {
        if (!AnsiConsole.Profile.Out.IsTerminal)
            return await work(new Moved(_ => { }));
        return await AnsiConsole.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new TransferSpeedColumn())
            .StartAsync(progress =>
            {
                var bar = progress.AddTask(what, maxValue: Math.Max(bytes, 1));
                return work(new Moved(moved => bar.Increment(moved)));
            });
    }

    private sealed class Moved(Action<long> report) : IProgress<long>
    {
        public void Report(long value) => report(value);
    }
}
