using System.Globalization;
using System.Text;

namespace Acomm.Bench.Peers;

/// <summary>Calls per second as bars, a group for each number of callers.</summary>
internal static class Chart
{
    private const int BarHeight = 14;
    private const int BarWidth = 420;
    private const int LabelWidth = 220;

    public static string Svg(Report report)
    {
        var m = report.Measured;
        var most = m.Figures.Values.Max(f => f.PerSecond);
        var bars = new StringBuilder();
        var y = 8;
        foreach (var callers in m.Concurrency)
        {
            y += 18;
            Line(bars, $"<text x='8' y='{y}' font-weight='bold'>{callers} {(callers == 1 ? "caller" : "callers")}, calls/s</text>");
            y += 8;
            foreach (var kind in m.Kinds)
            {
                var rate = m.Figures[(kind.Key, callers)].PerSecond;
                var width = Math.Max(1, rate / most * BarWidth);
                Line(bars, $"<text x='{LabelWidth - 8}' y='{y + 11}' text-anchor='end'>{kind.Name}</text>");
                Line(bars, $"<rect x='{LabelWidth}' y='{y}' width='{width:0.#}' height='{BarHeight - 3}' fill='{(kind.Key.StartsWith("acomm", StringComparison.Ordinal) ? "#2f6fb3" : "#9aa5b1")}'/>");
                Line(bars, $"<text x='{LabelWidth + width + 6:0.#}' y='{y + 11}'>{rate:N0}</text>");
                y += BarHeight + 2;
            }
        }

        return string.Create(CultureInfo.InvariantCulture,
            $"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {LabelWidth + BarWidth + 90} {y + 12}' font-family='sans-serif' font-size='11'>\n<rect width='100%' height='100%' fill='white'/>\n{bars}</svg>\n");
    }

    private static void Line(StringBuilder to, FormattableString line) => to.AppendLine(line.ToString(CultureInfo.InvariantCulture));
}
