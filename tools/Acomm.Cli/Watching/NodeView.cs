using System.Globalization;
using Acomm.Cli.Terminal;
using Acomm.Domain;

namespace Acomm.Cli.Watching;

/// <summary>A table of text, fit for a terminal. Columns that are aligned to the right hold numbers.</summary>
internal sealed record ViewTable(IReadOnlyList<(string Name, bool IsRight)> Columns, IReadOnlyList<string[]> Rows);

/// <summary>A sample as it is shown, in whatever way. Nothing in it can move the cursor of a terminal.</summary>
internal sealed record NodeView(string Head, IReadOnlyList<string> Figures, ViewTable Tasks, ViewTable Handlers, ViewTable Oldest)
{
    private const string Nothing = "-";

    /// <summary>What is shown of a sample.</summary>
    /// <param name="sample">The sample.</param>
    /// <param name="rates">What happened since the one before, if that is known.</param>
    /// <param name="rows">So many rows of each table.</param>
    public static NodeView Of(NodeSample sample, Rates? rates, int rows) => new(
        $"{Shown.Text(sample.Address)}{(sample.Name.Length == 0 ? "" : $" ({Shown.Text(sample.Name)})")} {Shown.Text(sample.Phase)}, "
            + $"up {Time(sample.UptimeSeconds)}, acomm {Shown.Text(sample.Version)}",
        [
            $"open {Number(sample.Requests.Outstanding)}, oldest {(sample.Requests.Outstanding == 0 ? Nothing : Time(sample.Requests.OldestSeconds))}; "
                + $"in handlers {Number(sample.Handlers.Running)}, waiting {Number(sample.Handlers.Waiting)}",
            $"answered {Number(sample.Totals.Answered)} ({PerSecond(rates?.Answered)}), failed {Number(sample.Totals.Failed)} ({PerSecond(rates?.Failed)}), "
                + $"registered {Number(sample.Totals.Registered)} ({PerSecond(rates?.Registered)})",
            $"connections {Number(sample.Connections.Accepted)} in, {Number(sample.Connections.Kept)} out, streams {Number(sample.Connections.Streams)}; "
                + $"received {Screen.Bytes(sample.Bytes.Received)} ({BytesPerSecond(rates?.Received)}), sent {Screen.Bytes(sample.Bytes.Sent)} ({BytesPerSecond(rates?.Sent)})",
        ],
        new ViewTable(
            [("TASK", false), ("OPEN", true), ("OLDEST", true)],
            [.. sample.Requests.ByTask.Take(rows).Select(task => (string[])[Shown.Text(task.Task), Number(task.Outstanding), Time(task.OldestSeconds)])]),
        new ViewTable(
            [("HANDLER", false), ("RUNNING", true), ("WAITING", true), ("LIMIT", true)],
            [.. sample.Handlers.Tasks
                .Where(task => task.Running + task.Waiting > 0)
                .OrderByDescending(task => task.Running + task.Waiting)
                .Take(rows)
                .Select(task => (string[])[Shown.Text(task.Task), Number(task.Running), Number(task.Waiting), Number(task.Limit)])]),
        new ViewTable(
            [("AGE", true), ("LEFT", true), ("STATE", false), ("TASK", false), ("TO", false), ("ID", false)],
            [.. sample.Requests.Oldest.Take(rows).Select(old => (string[])
                [Time(old.AgeSeconds), Time(old.LeftSeconds), Shown.Text(old.State), Shown.Text(old.Task), Shown.Text(old.To ?? Nothing), Shown.Text(old.Id)])]));

    /// <summary>The tables that have rows.</summary>
    public IEnumerable<ViewTable> Tables => new[] { Tasks, Handlers, Oldest }.Where(table => table.Rows.Count > 0);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string PerSecond(double? rate) => rate is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known:0.#}/s") : $"{Nothing}/s";

    private static string BytesPerSecond(double? rate) => rate is { } known ? $"{Screen.Bytes((long)Math.Min(known, long.MaxValue))}/s" : $"{Nothing}/s";

    // Whatever a peer says, it is a duration.
    private static string Time(double seconds) => Shown.Time(TimeSpan.FromSeconds(Math.Clamp(seconds, 0, TimeSpan.FromDays(100_000).TotalSeconds)));
}
