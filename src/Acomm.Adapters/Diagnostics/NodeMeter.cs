using System.Diagnostics;
using System.Diagnostics.Metrics;
using Acomm.Domain;
using Acomm.Effects;
using static Acomm.Adapters.AcommDiagnostics;

namespace Acomm.Adapters;

/// <summary>The figures of a node. Those that it keeps anyway are read when somebody asks; nothing else is counted unless somebody listens.</summary>
internal sealed class NodeMeter
{
    private static readonly InstrumentAdvice<double> Durations = new()
    {
        // Those of the conventions, and below them what a unix socket takes.
        HistogramBucketBoundaries = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
    };

    private readonly Meter meter;
    private readonly Listening listening;
    private readonly KeptConnections kept;
    private readonly Histogram<double> client;
    private readonly Histogram<double> server;
    private readonly Counter<long> refused;
    private KeyValuePair<string, object?> socket = new(Tag.Socket, null);

    public NodeMeter(IMeterFactory factory, Listening listening, KeptConnections kept)
    {
        (this.listening, this.kept) = (listening, kept);
        meter = factory.Create(MeterName, Source.Version);
        client = meter.CreateHistogram("rpc.client.call.duration", "s", "From a call to its answer, or the error that stands for it.", null, Durations);
        server = meter.CreateHistogram("rpc.server.call.duration", "s", "From the start of a handler to its answer.", null, Durations);
        refused = meter.CreateCounter<long>("acomm.documents.refused", "{document}", "Documents that were refused, by error.");
    }

    public bool IsClientEnabled => client.Enabled;

    public bool IsServerEnabled => server.Enabled;

    public void Called(TaskName task, TimeSpan duration, AcommError? error) => client.Record(duration.TotalSeconds, TagsOf(task, error?.Name));

    public void Handled(TaskName task, TimeSpan duration, string? error) => server.Record(duration.TotalSeconds, TagsOf(task, error));

    public void Record(NodeEvent happened)
    {
        if (refused.Enabled && happened is NodeEvent.DocumentRefused document)
            refused.Add(1, socket, new KeyValuePair<string, object?>(Tag.Error, document.Error.Name));
    }

    /// <summary>Makes what a node knows of itself readable.</summary>
    public void Observe(AcommNode node)
    {
        socket = KeyValuePair.Create<string, object?>(Tag.Socket, node.Address.Shown);
        meter.CreateObservableUpDownCounter(
            "acomm.requests.outstanding", () => Of(node.Outstanding), "{request}", "Requests that are open: neither answered nor timed out.");
        meter.CreateObservableCounter("acomm.requests.completed", () => Completed(node.Tally), "{request}", "Requests that ended, by outcome.");
        meter.CreateObservableCounter("acomm.responses.dropped", () => Dropped(node.Tally), "{response}", "Responses that found nobody, by reason.");
        meter.CreateObservableUpDownCounter("acomm.handlers.requests", () => Handlers(node.Handlers), "{request}", "Requests in handlers, and waiting for them.");
        meter.CreateObservableCounter("acomm.documents.io", () => Bytes(node), "By", "Bytes of documents, without what frames them.");
        meter.CreateObservableUpDownCounter("acomm.connections.open", Connections, "{connection}", "Connections that were accepted, and those kept to others.");

        Measurement<long> Of(long value, string? tag = null, string? name = null) =>
            tag is null ? new Measurement<long>(value, socket) : new Measurement<long>(value, socket, KeyValuePair.Create<string, object?>(tag, name));

        IEnumerable<Measurement<long>> Completed(Tally tally) =>
        [
            Of(tally.Answered, Tag.Outcome, "answered"),
            Of(tally.TimedOut, Tag.Outcome, "timed_out"),
            Of(tally.Cancelled, Tag.Outcome, "cancelled"),
            Of(tally.Rejected, Tag.Outcome, "rejected"),
            Of(tally.Shutdown, Tag.Outcome, "shutdown"),
        ];

        IEnumerable<Measurement<long>> Dropped(Tally tally) =>
        [
            Of(tally.Duplicate, Tag.Reason, "duplicate"),
            Of(tally.Late, Tag.Reason, "late"),
            Of(tally.Unknown, Tag.Reason, "unknown"),
            Of(tally.Forbidden, Tag.Reason, "forbidden"),
        ];

        IEnumerable<Measurement<long>> Handlers(AdmissionState state) =>
            [Of(state.Running, Tag.State, "running"), Of(state.Waiting, Tag.State, "waiting")];

        IEnumerable<Measurement<long>> Bytes(AcommNode of) =>
            [Of(of.BytesReceived, Tag.Direction, "receive"), Of(of.BytesSent, Tag.Direction, "transmit")];

        IEnumerable<Measurement<long>> Connections() =>
            [Of(listening.Listener?.OpenConnections ?? 0, Tag.Direction, "receive"), Of(kept.Count, Tag.Direction, "transmit")];
    }

    private TagList TagsOf(TaskName task, string? error)
    {
        var tags = new TagList { socket, { Tag.System, Tag.SystemValue }, { Tag.Method, task.Value } };
        if (error is not null)
            tags.Add(Tag.Error, error);
        return tags;
    }
}
