using LanguageExt;

namespace Acomm.Domain;

/// <summary>How many streams a node serves: <paramref name="Offered"/> wait for their consumer, <paramref name="Open"/> are being read.</summary>
public readonly record struct StreamLoad(int Offered, int Open)
{
    /// <summary>One more is offered; <see cref="AcommError.TooManyStreams"/> if too many wait already, or are served in all.</summary>
    public Either<AcommError, StreamLoad> Offer(Limits limits) =>
        Offered >= limits.StreamsOffered ? new AcommError.TooManyStreams("offered and not opened", limits.StreamsOffered, Offered)
        : Offered + Open >= limits.Streams ? new AcommError.TooManyStreams("served", limits.Streams, Offered + Open)
        : this with { Offered = Offered + 1 };

    /// <summary>One that was offered has its consumer.</summary>
    public StreamLoad Opened() => new(Offered - 1, Open + 1);

    /// <summary>One that was offered has none, and will have none.</summary>
    public StreamLoad Reclaimed() => this with { Offered = Offered - 1 };

    /// <summary>One that was open is through, or torn.</summary>
    public StreamLoad Ended() => this with { Open = Open - 1 };
}
