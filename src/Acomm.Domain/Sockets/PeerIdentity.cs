namespace Acomm.Domain;

/// <summary>Who is at the other end of a connection, as the system says it and not as a document does.</summary>
public abstract record PeerIdentity
{
    private PeerIdentity() { }

    /// <summary>A process of this host: its effective user and group, and its id, when it connected (0 if it is in another pid namespace).</summary>
    public sealed record UnixProcess(uint UserId, uint GroupId, int ProcessId) : PeerIdentity
    {
        /// <inheritdoc/>
        public override string ToString() => $"user {UserId} (process {ProcessId})";
    }

    /// <summary>Some process of this host, of which the system tells no more.</summary>
    public sealed record LocalProcess : PeerIdentity
    {
        /// <inheritdoc/>
        public override string ToString() => "a process of this host";
    }

    /// <summary>The address that an HTTP request came from.</summary>
    public sealed record HttpAddress(IpAddress Ip) : PeerIdentity
    {
        /// <inheritdoc/>
        public override string ToString() => Ip.ToString();
    }

    /// <summary>The one process that nothing is known of.</summary>
    public static PeerIdentity Local { get; } = new LocalProcess();
}
