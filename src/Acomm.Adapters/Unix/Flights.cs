using Acomm.Domain;
using Acomm.Effects;
using LanguageExt;

namespace Acomm.Adapters;

/// <summary>A document that was not acknowledged when its connection took no more, and how much of it was written.</summary>
internal readonly record struct Flight(ISent Sent, bool IsWritten, Delivery Delivery);

/// <summary>
/// The documents on a connection that wait for their acknowledgement, in order: what was written of them, and since when
/// the first of them, whom all others wait for, has to be looked at. Not for several threads at a time.
/// </summary>
internal sealed class Flights
{
    private readonly Queue<Entry> waiting = new();
    private long givenBytes;
    private long writtenBytes;
    private long firstSince;
    private bool firstIsWritten;

    /// <summary>How many there are.</summary>
    public int Count => waiting.Count;

    /// <summary>When something was given or written last.</summary>
    public long UsedAt { get; set; }

    /// <summary>Whether the first is wholly written; null if there is none.</summary>
    public bool? FirstIsWritten => waiting.Count == 0 ? null : firstIsWritten;

    /// <summary>
    /// Since when the first waits: to be written, or for its acknowledgement. Each gets the whole time from the
    /// acknowledgement of the one before it: its peer takes them one after the other. The last use, if there is none.
    /// </summary>
    public long Since => waiting.Count == 0 ? UsedAt : firstSince;

    public void Add(ISent sent, int bytes, long now)
    {
        waiting.Enqueue(new Entry(sent, givenBytes, givenBytes += bytes, now));
        UsedAt = now;
        if (waiting.Count == 1)
            (firstIsWritten, firstSince) = (false, now);
    }

    public void Wrote(int bytes, long now)
    {
        writtenBytes += bytes;
        UsedAt = now;
        if (!firstIsWritten && waiting.TryPeek(out var first) && first.IsWritten(writtenBytes))
            (firstIsWritten, firstSince) = (true, now);
    }

    /// <summary>The first was acknowledged; null if there is none.</summary>
    public ISent? Acknowledged(long now)
    {
        if (!waiting.TryDequeue(out var acknowledged))
            return null;
        if (waiting.TryPeek(out var first))
        {
            firstIsWritten = first.IsWritten(writtenBytes);
            firstSince = firstIsWritten ? now : first.GivenAt;
        }

        return acknowledged.Sent;
    }

    /// <summary>Takes out those that are not wholly written.</summary>
    public Seq<Flight> RemoveUnwritten() => Remove(entry => !entry.IsWritten(writtenBytes));

    /// <summary>Takes out all of them.</summary>
    public Seq<Flight> RemoveAll() => Remove(_ => true);

    private Seq<Flight> Remove(Func<Entry, bool> removes)
    {
        var removed = waiting.Where(removes).Select(entry => entry.Flight(writtenBytes)).ToArray();
        var kept = waiting.Where(entry => !removes(entry)).ToArray();
        waiting.Clear();
        foreach (var entry in kept)
            waiting.Enqueue(entry);
        return new Seq<Flight>(removed);
    }

    /// <summary>A document, and where it stands among all bytes of the connection.</summary>
    private readonly record struct Entry(ISent Sent, long Start, long End, long GivenAt)
    {
        public bool IsWritten(long written) => End <= written;

        public Flight Flight(long written) => new(Sent, IsWritten(written), Deliveries.AfterWriting(Math.Max(0, written - Start)));
    }
}
