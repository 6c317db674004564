namespace Acomm.Domain;

public abstract partial record AcommError
{
    /// <summary>A directory in which a socket is not safe from others, itself or one above it.</summary>
    public sealed record DirectoryUnsafe(string Path, string Expected, string Found) : AcommError
    {
        /// <inheritdoc/>
        public override string Message => $"'{Shown.Text(Path)}' is not safe for a socket: expected {Shown.Text(Expected)}, found {Shown.Text(Found)}";
    }

    /// <summary>A peer whose user may not use this socket.</summary>
    public sealed record PeerForbidden(PeerIdentity Peer) : AcommError
    {
        /// <inheritdoc/>
        public override string Message => $"{Peer} may not use this socket";
    }

    /// <summary>A connection that had to make place for another one before its frame was whole.</summary>
    public sealed record ConnectionLimit(int Limit) : AcommError
    {
        /// <inheritdoc/>
        public override string Message => $"cut for another connection: no more than {Limit} may be without a whole frame";
    }
}
