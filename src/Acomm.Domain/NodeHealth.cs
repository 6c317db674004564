using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Domain;

/// <summary>How a node is, the better first.</summary>
public enum HealthLevel
{
    /// <summary>It takes work, and there is room for it.</summary>
    Healthy,

    /// <summary>It works, but at one of its limits, or it drains.</summary>
    Degraded,

    /// <summary>Nobody reaches it.</summary>
    Unhealthy,
}

/// <summary>What is looked at to tell how a node is.</summary>
public sealed record NodeVitals
{
    /// <summary>Where in its life its tracker is: a node that drains has none that runs, but may still have requests in handlers.</summary>
    public required TrackerPhase Phase { get; init; }

    /// <summary>The path of its socket.</summary>
    public required string SocketPath { get; init; }

    /// <summary>Whether it listens.</summary>
    public required bool IsListening { get; init; }

    /// <summary>Whether its socket file is there, and its own.</summary>
    public required bool HasSocketFile { get; init; }

    /// <summary>Open requests.</summary>
    public required int Outstanding { get; init; }

    /// <summary>The requests in handlers, those that wait for them, and the limits of the node.</summary>
    public required AdmissionState Handlers { get; init; }
}

/// <summary>
/// How a node is, and why: one sentence for each problem, with figure and limit. Its rules:
/// a node that does not listen, or whose socket file is gone, is unhealthy, for nobody reaches it;
/// one that takes no new requests, since it drains, that has <see cref="Limits.CrowdedPercent"/> of the open requests it may have, or of those that
/// may wait for the handler of a task, or of their bytes, is degraded: soon it refuses some. Any other is healthy.
/// </summary>
public sealed record NodeHealth(HealthLevel Level, Seq<string> Problems)
{
    /// <summary>What follows from what was looked at.</summary>
    public static NodeHealth Of(NodeVitals vitals)
    {
        var (cutOff, strained) = (CutOff(vitals), Strained(vitals));
        var level = !cutOff.IsEmpty ? HealthLevel.Unhealthy : !strained.IsEmpty ? HealthLevel.Degraded : HealthLevel.Healthy;
        return new NodeHealth(level, cutOff + strained);
    }

    private static Seq<string> CutOff(NodeVitals vitals) =>
        !vitals.IsListening ? Seq1($"it does not listen on '{Shown.Text(vitals.SocketPath)}'")
        : !vitals.HasSocketFile ? Seq1($"its socket file '{Shown.Text(vitals.SocketPath)}' is gone, or another one's")
        : Empty;

    private static Seq<string> Strained(NodeVitals vitals)
    {
        var (handlers, limits) = (vitals.Handlers, vitals.Handlers.Limits);
        return Told(
                vitals.IsListening && vitals.Phase != TrackerPhase.Running,
                $"it takes no new requests, {vitals.Outstanding} are open, and {handlers.Running} are in handlers")
            + Told(IsCrowded(vitals.Outstanding, limits.Outstanding), $"{vitals.Outstanding} requests are open, the limit is {limits.Outstanding}")
            + handlers.Turns.Filter(task => IsCrowded(handlers.WaitingOf(task), limits.HandlersWaitingPerTask)).Map(task =>
                $"{handlers.WaitingOf(task)} requests wait for the handler of the task '{Shown.Text(task.Value)}', the limit is {limits.HandlersWaitingPerTask}")
            + Told(
                handlers.WaitingBytes > 0 && IsCrowded(handlers.WaitingBytes, limits.HandlersWaitingBytes),
                $"{handlers.WaitingBytes} bytes of requests wait for handlers, the limit is {limits.HandlersWaitingBytes}");
    }

    private static bool IsCrowded(long count, long limit) => 100 * count >= Limits.CrowdedPercent * limit;

    private static Seq<string> Told(bool isSo, string problem) => isSo ? Seq1(problem) : Empty;
}
