using System.Text.Json;
using System.Text.Json.Serialization;
using Acomm.Domain;

namespace Acomm.Adapters;

/// <summary>A report as JSON has it. Its names and units are kept stable; docs/status.md says what they mean.</summary>
internal sealed record StatusDocument(
    string Version,
    string Name,
    string Address,
    string Phase,
    double UptimeSeconds,
    StatusDocument.OfRequests Requests,
    StatusDocument.OfTotals Totals,
    StatusDocument.OfHandlers Handlers,
    StatusDocument.OfConnections Connections,
    StatusDocument.OfBytes Bytes,
    StatusDocument.OfLimits Limits)
{
    private static readonly string LibraryVersion = AcommDiagnostics.Source.Version ?? "";

    public static StatusDocument Of(StatusReport report, string? name) => new(
        LibraryVersion,
        name ?? "",
        report.Address.Shown,
        Word(report.Phase),
        Seconds(report.Uptime),
        OfRequests.Of(report.Requests),
        OfTotals.Of(report.Tally),
        OfHandlers.Of(report.Handlers),
        new OfConnections(report.Connections.Accepted, report.Connections.Kept, report.Connections.Streams),
        new OfBytes(report.Bytes.Received, report.Bytes.Sent),
        OfLimits.Of(report.Limits));

    /// <summary>The report in UTF-8.</summary>
    public byte[] ToUtf8() => JsonSerializer.SerializeToUtf8Bytes(this, StatusJson.Default.StatusDocument);

    private static double Seconds(TimeSpan time) => Math.Round(time.TotalSeconds, 3);

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    internal sealed record OfRequests(
        int Outstanding, double OldestSeconds, OfTask[] ByTask, OfOthers Others, OfAge[] ByAge, OfOld[] Oldest)
    {
        public static OfRequests Of(OutstandingSummary summary) => new(
            summary.All.Count,
            Seconds(summary.All.OldestAge),
            [.. summary.ByTask.Select(task => new OfTask(task.Task.ToString(), task.Open.Count, Seconds(task.Open.OldestAge)))],
            new OfOthers(summary.OtherTasks, summary.Others.Count, Seconds(summary.Others.OldestAge)),
            [.. summary.ByAge.Select(age => new OfAge(age.Under.Case is TimeSpan under ? Seconds(under) : null, age.Count))],
            [.. summary.Oldest.Select(OfOld.Of)]);
    }

    internal sealed record OfTask(string Task, int Outstanding, double OldestSeconds);

    internal sealed record OfOthers(int Tasks, int Outstanding, double OldestSeconds);

    internal sealed record OfAge(double? UnderSeconds, int Outstanding);

    internal sealed record OfOld(string Id, string Task, string? To, string State, bool Proxied, double AgeSeconds, double LeftSeconds)
    {
        public static OfOld Of(AgedRequest aged) => new(
            aged.Request.Handle.Id.ToString(),
            aged.Request.Subject.Task.ToString(),
            (aged.Request.Subject.To.Case as Address)?.Shown,
            Word(aged.Request.Phase),
            aged.Request.IsProxied,
            Seconds(aged.Age),
            Seconds(aged.Left));
    }

    internal sealed record OfTotals(
        long Registered, long Refused, long Answered, long TimedOut, long Cancelled, long Rejected, long Shutdown,
        long Duplicate, long Late, long Unknown, long Forbidden)
    {
        public static OfTotals Of(Tally tally) => new(
            tally.Registered, tally.Refused, tally.Answered, tally.TimedOut, tally.Cancelled, tally.Rejected, tally.Shutdown,
            tally.Duplicate, tally.Late, tally.Unknown, tally.Forbidden);
    }

    internal sealed record OfHandlers(int Running, int Waiting, long WaitingBytes, OfHandler[] Tasks)
    {
        public static OfHandlers Of(HandlerStatus handlers) => new(
            handlers.Running,
            handlers.Waiting,
            handlers.WaitingBytes,
            [.. handlers.Tasks.Select(task => new OfHandler(task.Task.ToString(), task.Running, task.Waiting, task.Limit))]);
    }

    internal sealed record OfHandler(string Task, int Running, int Waiting, int Limit);

    internal sealed record OfConnections(int Accepted, int Kept, int Streams);

    internal sealed record OfBytes(long Received, long Sent);

    internal sealed record OfLimits(
        int Outstanding, int Handlers, int HandlersPerTask, int HandlersWaitingPerTask, long HandlersWaitingBytes, int Connections, int Streams,
        int FrameBytes, double RequestTimeoutSeconds)
    {
        public static OfLimits Of(Limits limits) => new(
            limits.Outstanding, limits.Handlers, limits.HandlersPerTask, limits.HandlersWaitingPerTask, limits.HandlersWaitingBytes,
            limits.Connections, limits.Streams, limits.FrameBytes, Seconds(limits.RequestTimeout));
    }
}

/// <summary>How it is written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StatusDocument))]
internal sealed partial class StatusJson : JsonSerializerContext;
