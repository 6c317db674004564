using Spectre.Console;
using Spectre.Console.Rendering;

namespace Acomm.Cli.Watching;

/// <summary>A view that stays where it is on a terminal, and changes.</summary>
internal static class LiveView
{
    private const char Quit = 'q';

    // Lines besides the rows of the tables: the head, figures, their heads and the last line.
    private const int OtherLines = 16;

    private static readonly TimeSpan KeyPause = TimeSpan.FromMilliseconds(50);

    /// <summary>Shows a node until somebody presses q, or it is cancelled.</summary>
    public static async Task ShowAsync(StatusClient client, TimeSpan interval, CancellationToken cancel)
    {
        var console = AnsiConsole.Console;
        var watch = new Watch(await client.AskAsync(cancel), null, null);
        await console.Live(Of(watch, console)).Overflow(VerticalOverflow.Crop).StartAsync(async live =>
        {
            while (!await PauseAsync(interval, cancel))
            {
                watch = await watch.AskAsync(client, cancel);
                live.UpdateTarget(Of(watch, console));
            }
        });
    }

    // Whether it is enough.
    private static async Task<bool> PauseAsync(TimeSpan interval, CancellationToken cancel)
    {
        var next = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(next) < interval)
        {
            while (!Console.IsInputRedirected && Console.KeyAvailable)
            {
                if (char.ToLowerInvariant(Console.ReadKey(intercept: true).KeyChar) == Quit)
                    return true;
            }

            await Task.Delay(KeyPause, cancel);
        }

        return false;
    }

    private static Rows Of(Watch watch, IAnsiConsole console)
    {
        var view = NodeView.Of(watch.Last.Sample, watch.Rates, Math.Max(3, (console.Profile.Height - OtherLines) / 3));
        return new Rows([
            new Text(view.Head, new Style(decoration: Decoration.Bold)),
            .. view.Figures.Select(line => new Text(line)),
            .. view.Tables.Select(IRenderable (table) => Of(table)),
            watch.Problem is { } problem ? new Text(problem, new Style(Color.Red)) : new Text("q ends this", new Style(decoration: Decoration.Dim)),
        ]);
    }

    private static Table Of(ViewTable view)
    {
        var table = new Table { Border = TableBorder.Simple, Expand = false };
        foreach (var (name, isRight) in view.Columns)
            table.AddColumn(new TableColumn(new Text(name, new Style(decoration: Decoration.Bold))) { Alignment = isRight ? Justify.Right : Justify.Left, NoWrap = true });

        // As text, in which brackets are no markup.
        foreach (var row in view.Rows)
            table.AddRow(row.Select(text => new Text(text) { Overflow = Overflow.Ellipsis }));
        return table;
    }
}
