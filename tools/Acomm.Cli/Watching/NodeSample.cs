using System.Text.Json;
using System.Text.Json.Serialization;

namespace Acomm.Cli.Watching;

/// <summary>What a node said that it is doing: of docs/status.md, what is shown. All of it has to be there.</summary>
internal sealed record NodeSample(
    string Version,
    string Name,
    string Address,
    string Phase,
    double UptimeSeconds,
    NodeSample.OfRequests Requests,
    NodeSample.OfTotals Totals,
    NodeSample.OfHandlers Handlers,
    NodeSample.OfConnections Connections,
    NodeSample.OfBytes Bytes)
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerOptions.Web)
    {
        NumberHandling = JsonNumberHandling.Strict,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Reads it; <see cref="JsonException"/> if it is something else.</summary>
    public static NodeSample Parse(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<NodeSample>(json, Strict) is { } sample && sample.HasNoNullIn() ? sample : throw new JsonException("it is null");

    private bool HasNoNullIn() =>
        Requests.ByTask.All(item => item is not null) && Requests.Oldest.All(item => item is not null) && Handlers.Tasks.All(item => item is not null);

    internal sealed record OfRequests(int Outstanding, double OldestSeconds, OfTask[] ByTask, OfOld[] Oldest);

    internal sealed record OfTask(string Task, int Outstanding, double OldestSeconds);

    internal sealed record OfOld(string Id, string Task, string? To, string State, double AgeSeconds, double LeftSeconds);

    internal sealed record OfTotals(long Registered, long Answered, long TimedOut, long Cancelled, long Rejected, long Shutdown)
    {
        public long Failed => TimedOut + Cancelled + Rejected + Shutdown;
    }

    internal sealed record OfHandlers(int Running, int Waiting, OfHandler[] Tasks);

    internal sealed record OfHandler(string Task, int Running, int Waiting, int Limit);

    internal sealed record OfConnections(int Accepted, int Kept, int Streams);

    internal sealed record OfBytes(long Received, long Sent);
}
