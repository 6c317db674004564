namespace Acomm.Domain;

/// <summary>What connecting to a unix socket led to.</summary>
public enum ConnectOutcome
{
    /// <summary>A connection.</summary>
    Connected,

    /// <summary>There is no file at the path.</summary>
    NoSuchSocket,

    /// <summary>There is a file, and nobody listens on it.</summary>
    NobodyListens,

    /// <summary>Its owner's queue of connections is full.</summary>
    QueueFull,

    /// <summary>Anything else: no permission, or no file descriptors.</summary>
    Failed,
}

/// <summary>What an outcome means for a sender.</summary>
public static class ConnectOutcomes
{
    /// <summary>The error of a connection that was not made; none of them has sent anything.</summary>
    public static AcommError ErrorAt(this ConnectOutcome outcome, Address address, string reason) => outcome switch
    {
        ConnectOutcome.QueueFull => new AcommError.PeerOverloaded(address),
        ConnectOutcome.NoSuchSocket => new AcommError.PeerUnreachable(address, "there is no such socket"),
        ConnectOutcome.NobodyListens => new AcommError.PeerUnreachable(address, "nobody listens on it"),
        _ => new AcommError.PeerUnreachable(address, reason),
    };
}
