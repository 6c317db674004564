using Acomm.Domain;
using LanguageExt;

namespace Acomm.Effects;

/// <summary>Can open streams of others and serve its own.</summary>
public interface IStreams
{
    /// <summary>Opens a stream for reading. A read throws <see cref="StreamTornException"/> where the stream breaks off.</summary>
    Task<Either<AcommError, Stream>> OpenAsync(Address from, Reach reach, CancellationToken cancel);

    /// <summary>Serves a source on a unix socket of its own, to one consumer.</summary>
    Either<AcommError, OfferedStream> Offer(StreamSource source);

    /// <summary>Gives out the HTTP address of a unix stream, for one consumer.</summary>
    Either<AcommError, Address> Publish(Address unixStream);
}

/// <summary>A stream that is being served. Withdrawing it ends that, and disposes the source, if nobody has opened it yet.</summary>
/// <param name="Address">Where it can be read.</param>
/// <param name="Withdraw">Ends the offer.</param>
public sealed record OfferedStream(Address Address, Action Withdraw);

/// <summary>A stream ended before its source did; what was read until then is a prefix.</summary>
public sealed class StreamTornException(AcommError error, Exception? inner = null) : IOException(error.ToString(), inner)
{
    /// <summary>What is known of it.</summary>
    public AcommError Error { get; } = error;
}
