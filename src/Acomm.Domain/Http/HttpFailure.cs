namespace Acomm.Domain;

/// <summary>Where an HTTP exchange was when it failed.</summary>
public enum HttpStage
{
    /// <summary>The host's name was looked up.</summary>
    Name,

    /// <summary>A connection was made.</summary>
    Connection,

    /// <summary>A connection was secured.</summary>
    Handshake,

    /// <summary>The request was written, or its reply waited for.</summary>
    Exchange,

    /// <summary>The reply was read.</summary>
    Reply,
}

/// <summary>What a failure of an HTTP client means for the message. Once some of it was written it is indeterminate, wherever it failed.</summary>
public static class HttpFailure
{
    /// <summary>An exchange that failed.</summary>
    /// <param name="peer">The address as it was given.</param>
    /// <param name="stage">Where it was.</param>
    /// <param name="isWritten">Whether any of the message may have been written to a connection, also an earlier one.</param>
    /// <param name="reason">What the system says.</param>
    public static AcommError At(HttpStage stage, Address peer, bool isWritten, string reason) => stage switch
    {
        HttpStage.Reply => new AcommError.BadAck(peer, reason),
        _ when isWritten => new AcommError.PeerClosed(peer, reason, Delivery.Indeterminate),
        HttpStage.Name => new AcommError.DnsFailed(peer, reason),
        HttpStage.Connection => new AcommError.PeerUnreachable(peer, reason),
        HttpStage.Handshake => new AcommError.TlsFailed(peer, reason),
        _ => new AcommError.PeerClosed(peer, reason, Delivery.NotSent),
    };

    /// <summary>An exchange that was not through in time. What was written by then waits for its acknowledgement.</summary>
    /// <param name="peer">The address as it was given.</param>
    /// <param name="isWritten">Whether any of the message may have been written.</param>
    /// <param name="limit">The time that was over.</param>
    public static AcommError Late(Address peer, bool isWritten, TimeSpan limit) => isWritten
        ? new AcommError.AckTimeout(peer, limit)
        : At(peer.Scheme == Scheme.Https ? HttpStage.Handshake : HttpStage.Connection, peer, isWritten, $"no connection within {limit.TotalSeconds:0.###} s");
}
