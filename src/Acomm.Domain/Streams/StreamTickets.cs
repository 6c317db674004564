using System.Collections.Immutable;
using LanguageExt;

namespace Acomm.Domain;

/// <summary>
/// The unix streams that were given out over HTTP. Each has a ticket, which is a token and the stream's address; it is
/// good for one reader, until <see cref="Limits.StreamUnopened"/> is over, and nothing else opens a stream.
/// </summary>
public sealed record StreamTickets
{
    /// <summary>None is given out.</summary>
    public static readonly StreamTickets Empty = new();

    private StreamTickets() { }

    private ImmutableDictionary<Token, Address> Streams { get; init; } = ImmutableDictionary<Token, Address>.Empty;

    // All are good for the same time, so the first in is the first to go.
    private ImmutableQueue<(Token Token, Instant End)> ByAge { get; init; } = [];

    /// <summary>Tickets that are remembered.</summary>
    public int Count => Streams.Count;

    /// <summary>Gives a ticket out; <see cref="AcommError.TooManyStreams"/> if <see cref="Limits.StreamsOffered"/> are.</summary>
    public Either<AcommError, StreamTickets> Issue(Token token, Address stream, Instant now, Limits limits)
    {
        var kept = Forget(now);
        return kept.Count >= limits.StreamsOffered
            ? new AcommError.TooManyStreams("given out over HTTP", limits.StreamsOffered, kept.Count)
            : kept with
            {
                Streams = kept.Streams.SetItem(token, stream),
                ByAge = kept.ByAge.Enqueue((token, now + limits.StreamUnopened)),
            };
    }

    /// <summary>The stream of a ticket, which is used up; <see cref="AcommError.StreamUnknown"/>, and nothing changed, for any other.</summary>
    public (StreamTickets Left, Either<AcommError, Address> Stream) Redeem(Token token, string address, Instant now)
    {
        var kept = Forget(now);
        return kept.Streams.TryGetValue(token, out var stream) && stream.ToString() == address
            ? (kept with { Streams = kept.Streams.Remove(token) }, stream)
            : (kept, new AcommError.StreamUnknown());
    }

    private StreamTickets Forget(Instant now)
    {
        var kept = this;
        while (!kept.ByAge.IsEmpty && (kept.ByAge.Peek().End <= now || !kept.Streams.ContainsKey(kept.ByAge.Peek().Token)))
            kept = kept with { Streams = kept.Streams.Remove(kept.ByAge.Peek().Token), ByAge = kept.ByAge.Dequeue() };
        return kept;
    }
}
