namespace Acomm.Domain;

/// <summary>How much of anything a node takes. The defaults stand here and nowhere else.</summary>
public sealed record Limits
{
    /// <summary>The default of <see cref="IdChars"/>.</summary>
    public const int DefaultIdChars = 128;

    /// <summary><see cref="FrameBytes"/> cannot be set higher.</summary>
    public const int FrameBytesCeiling = 16 << 20;

    /// <summary>A node that has this much, in percent, of the requests that may be open or wait for handlers counts as degraded.</summary>
    public const int CrowdedPercent = 80;

    /// <summary>No timeout of a request is longer.</summary>
    public static readonly TimeSpan RequestTimeoutCeiling = TimeSpan.FromDays(30);

    /// <summary>All defaults.</summary>
    public static readonly Limits Default = new();

    /// <summary>The payload of a frame, and an HTTP body: 1 MiB.</summary>
    public int FrameBytes { get; init; } = 1 << 20;

    /// <summary>The id of a request: 128 characters.</summary>
    public int IdChars { get; init; } = DefaultIdChars;

    /// <summary>Objects and arrays within each other in a document: 32.</summary>
    public int Depth { get; init; } = 32;

    /// <summary>Requests open at a time: 1,000,000.</summary>
    public int Outstanding { get; init; } = 1_000_000;

    /// <summary>Ids of completed requests remembered, to tell a duplicate or late response from an unknown one: between this many and twice as many.</summary>
    public int RememberedIds { get; init; } = 16_384;

    /// <summary>Requests that one step of the tracker lets expire: 1,024.</summary>
    public int ExpiriesPerStep { get; init; } = 1_024;

    /// <summary>Connections that a listener serves at a time: 1,024.</summary>
    public int Connections { get; init; } = 1_024;

    /// <summary>Connections among them of which no whole frame was read yet: 64.</summary>
    public int ConnectionsUnframed { get; init; } = 64;

    /// <summary>
    /// Documents of one kept connection that wait for their acknowledgement: 1,024. With 0 no connection is kept: each
    /// carries one document.
    /// </summary>
    public int ConnectionInFlight { get; init; } = 1_024;

    /// <summary>A kept connection that nothing was sent on is closed: by the sender after 30 s, by the receiver after twice that.</summary>
    public TimeSpan ConnectionIdle { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Requests in handlers at a time, of all tasks: 1,024.</summary>
    public int Handlers { get; init; } = 1_024;

    /// <summary>Requests in the handler of one task at a time, if the task has no limit of its own: 256.</summary>
    public int HandlersPerTask { get; init; } = 256;

    /// <summary>Requests that wait for the handler of one task: 16,384.</summary>
    public int HandlersWaitingPerTask { get; init; } = 16_384;

    /// <summary>Bytes of all requests that wait for handlers: 64 MiB.</summary>
    public long HandlersWaitingBytes { get; init; } = 64 << 20;

    /// <summary>Streams that are offered, or given out over HTTP, and not opened yet: 1,024.</summary>
    public int StreamsOffered { get; init; } = 1_024;

    /// <summary>Streams that are served at a time, those not opened yet included: 4,096.</summary>
    public int Streams { get; init; } = 4_096;

    /// <summary>A connection without a whole frame keeps its place this long, even if others need it: 100 ms.</summary>
    public TimeSpan UnframedGrace { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>From accepting a connection to its whole frame, and from the head of a POST to its whole body: 5 s.</summary>
    public TimeSpan FrameRead { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>From the last byte written to the whole acknowledgement: 5 s.</summary>
    public TimeSpan AckRead { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Writing one message: 10 s.</summary>
    public TimeSpan Write { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Connecting over HTTP: 5 s. A unix socket is connected to at once or not at all.</summary>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>One HTTP request with its reply: 10 s.</summary>
    public TimeSpan HttpSend { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A request that names no timeout: 60 s.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a request of others that is answered or passed on for them stays open at most, however long its sender waits: 1 day.</summary>
    public TimeSpan LongestProxied { get; init; } = TimeSpan.FromDays(1);

    /// <summary>A stream that nobody opens is reclaimed: 60 s.</summary>
    public TimeSpan StreamUnopened { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>A stream of which nothing moves is cut: 30 s.</summary>
    public TimeSpan StreamIdle { get; init; } = TimeSpan.FromSeconds(30);
}
