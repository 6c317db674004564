namespace Acomm.Cli.Watching;

/// <summary>How much happens in a second.</summary>
internal sealed record Rates(double Registered, double Answered, double Failed, double Received, double Sent)
{
    /// <summary>
    /// What happened from one sample to the next, by the node's own clock; null where that cannot be said: they are of two nodes, or of
    /// two lives of one, or of the same moment.
    /// </summary>
    public static Rates? Between(NodeSample before, NodeSample after)
    {
        var seconds = after.UptimeSeconds - before.UptimeSeconds;
        long[] happened =
        [
            after.Totals.Registered - before.Totals.Registered, after.Totals.Answered - before.Totals.Answered, after.Totals.Failed - before.Totals.Failed,
            after.Bytes.Received - before.Bytes.Received, after.Bytes.Sent - before.Bytes.Sent,
        ];
        return seconds > 0 && happened.All(count => count >= 0) && (before.Address, before.Name) == (after.Address, after.Name)
            ? new Rates(happened[0] / seconds, happened[1] / seconds, happened[2] / seconds, happened[3] / seconds, happened[4] / seconds)
            : null;
    }
}
