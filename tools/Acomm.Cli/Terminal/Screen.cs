using System.Globalization;
using Spectre.Console;

namespace Acomm.Cli.Terminal;

/// <summary>Standard error: notes, and what streams do. Bars where a terminal is there, lines where not, nothing if it is to be quiet.</summary>
internal sealed class Screen(bool isQuiet)
{
    private readonly bool isTerminal = !Console.IsErrorRedirected && HasCursor;
    private readonly IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    /// <summary>Whether standard output can be written over.</summary>
    public static bool IsOutputTerminal => !Console.IsOutputRedirected && HasCursor;

    private static bool HasCursor => Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");

    /// <summary>A line, unless it is to be quiet.</summary>
    public void Note(string line)
    {
        if (isQuiet)
            return;
        if (isTerminal)
            console.WriteLine(line);
        else
            Console.Error.WriteLine(line);
    }

    /// <summary>Does something, during which transfers can be begun by a name and, if it is known, the number of bytes.</summary>
    public Task<T> WatchAsync<T>(Func<Func<string, long?, Transfer>, Task<T>> work) =>
        isQuiet ? work((_, _) => new Transfer(_ => { }, () => { }))
        : !isTerminal ? work((name, _) => InLines(name))
        : console.Progress()
            .AutoClear(true)
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new TransferSpeedColumn())
            .StartAsync(context => work((name, bytes) => AsBar(context, name, bytes)));

    /// <summary>A number of bytes, short.</summary>
    public static string Bytes(long bytes)
    {
        string[] units = ["bytes", "kB", "MB", "GB", "TB"];
        var (value, unit) = ((double)bytes, 0);
        for (; value >= 1000 && unit < units.Length - 1; unit++)
            value /= 1000;
        return string.Create(CultureInfo.InvariantCulture, $"{value:0.##} {units[unit]}");
    }

    private static Transfer InLines(string name)
    {
        long moved = 0;
        return new Transfer(bytes => moved = bytes, () => Console.Error.WriteLine($"{name}: {moved} bytes"));
    }

    private static Transfer AsBar(ProgressContext context, string name, long? bytes)
    {
        var bar = context.AddTask(Markup.Escape(name), new ProgressTaskSettings { MaxValue = bytes is > 0 ? bytes.Value : double.MaxValue });
        bar.IsIndeterminate = bytes is null;
        return new Transfer(
            moved =>
            {
                bar.Value = moved;
                bar.Description = Markup.Escape($"{name} {Bytes(moved)}");
            },
            bar.StopTask);
    }
}

/// <summary>A stream that moves.</summary>
internal sealed class Transfer(Action<long> moved, Action ended) : IProgress<long>
{
    /// <summary>So many bytes in all.</summary>
    public void Report(long value) => moved(value);

    /// <summary>It is through.</summary>
    public void End() => ended();
}
