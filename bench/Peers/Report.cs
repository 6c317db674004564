using System.Globalization;
using System.Text;

namespace Acomm.Bench.Peers;

/// <summary>The figures as a table that can be read as it stands.</summary>
internal sealed class Report(Measured measured)
{
    public Measured Measured => measured;

    public string Markdown()
    {
        var text = new StringBuilder();
        foreach (var callers in measured.Concurrency)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{callers} {(callers == 1 ? "caller" : "callers")}").AppendLine();
            text.AppendLine("| | calls/s | p50 | p99 | allocated per call | x StreamJsonRpc | x raw echo |");
            text.AppendLine("|---|---:|---:|---:|---:|---:|---:|");
            foreach (var kind in measured.Kinds)
            {
                var f = measured.Figures[(kind.Key, callers)];
                text.AppendLine(CultureInfo.InvariantCulture,
                    $"| {kind.Name} | {f.PerSecond:N0} | {f.P50Micros:N0} us | {f.P99Micros:N0} us | {f.BytesPerCall:N0} B | {Ratio(f, StreamJsonRpcPeer.Kind, callers)} | {Ratio(f, RawEcho.Kind, callers)} |");
            }

            text.AppendLine();
        }

        return text.ToString();
    }

    private string Ratio(Figures figures, PeerKind to, int callers) =>
        measured.Figures.TryGetValue((to.Key, callers), out var other)
            ? (figures.PerSecond / other.PerSecond).ToString("0.00", CultureInfo.InvariantCulture)
            : "";
}
