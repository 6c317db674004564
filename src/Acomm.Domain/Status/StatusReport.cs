namespace Acomm.Domain;

/// <summary>Bytes of documents, without what frames them.</summary>
public readonly record struct DocumentBytes(long Received, long Sent);

/// <summary>What a node has open besides requests.</summary>
/// <param name="Accepted">Connections that others made to its socket.</param>
/// <param name="Kept">Connections that it keeps to others.</param>
/// <param name="Streams">Streams that it offers or serves.</param>
public readonly record struct OpenConnections(int Accepted, int Kept, int Streams);

/// <summary>
/// What a node is doing at one moment. It has names, numbers and addresses, and nothing that is secret: neither args nor
/// results, no token, no address of a stream.
/// </summary>
public sealed record StatusReport
{
    /// <summary>The node's own socket.</summary>
    public required Address Address { get; init; }

    /// <summary>Where in its life the node is.</summary>
    public required TrackerPhase Phase { get; init; }

    /// <summary>How long ago it was started; zero, if it was not. It tells two reports apart, and which is the later one.</summary>
    public required TimeSpan Uptime { get; init; }

    /// <summary>The requests that wait for an answer.</summary>
    public required OutstandingSummary Requests { get; init; }

    /// <summary>What happened so far.</summary>
    public required Tally Tally { get; init; }

    /// <summary>The requests that it handles itself.</summary>
    public required HandlerStatus Handlers { get; init; }

    /// <summary>What went over the wire.</summary>
    public required DocumentBytes Bytes { get; init; }

    /// <summary>What it takes.</summary>
    public required Limits Limits { get; init; }

    /// <summary>What is connected.</summary>
    public OpenConnections Connections { get; init; }
}
