namespace Acomm.Cli.Watching;

/// <summary>A view in lines, for files and pipes.</summary>
internal static class PlainView
{
    private const string Gap = "  ";

    public static string TextOf(NodeView view) => string.Join('\n', [view.Head, .. view.Figures, .. view.Tables.SelectMany(LinesOf), ""]);

    private static IEnumerable<string> LinesOf(ViewTable table)
    {
        string[][] lines = [[.. table.Columns.Select(column => column.Name)], .. table.Rows];
        var widths = table.Columns.Select((_, i) => lines.Max(line => line[i].Length)).ToArray();
        return lines.Select(line => string.Join(
            Gap,
            line.Select((text, i) => table.Columns[i].IsRight ? text.PadLeft(widths[i]) : text.PadRight(widths[i]))).TrimEnd());
    }
}
