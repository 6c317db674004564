using System.Collections.Concurrent;

namespace Acomm.Soak;

/// <summary>Every call that was begun, and how it ended.</summary>
internal sealed class Ledger
{
    public const string Answered = "answered";
    public const string Whole = "whole";

    private readonly ConcurrentDictionary<string, long> started = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Kind, string Outcome), long> ended = new();
    private readonly ConcurrentDictionary<string, long> streams = new(StringComparer.Ordinal);
    private long sourcesOffered;
    private long sourcesDisposed;

    public long Started => started.Values.Sum();

    public long Ended => ended.Values.Sum();

    public long SourcesOffered => Interlocked.Read(ref sourcesOffered);

    public long SourcesDisposed => Interlocked.Read(ref sourcesDisposed);

    public IEnumerable<string> Kinds => started.Keys.Order(StringComparer.Ordinal);

    /// <summary>How many calls ended in which way, the most frequent first.</summary>
    public IEnumerable<(string Outcome, long Count)> Outcomes => Summed(ended.Select(e => (e.Key.Outcome, e.Value)));

    /// <summary>The same for streams of answers.</summary>
    public IEnumerable<(string Outcome, long Count)> Streams => Summed(streams.Select(s => (s.Key, s.Value)));

    /// <summary>Calls that ended in one of these ways.</summary>
    public long Of(params ReadOnlySpan<string> outcomes)
    {
        long count = 0;
        foreach (var (outcome, of) in Outcomes)
            count += outcomes.Contains(outcome) ? of : 0;
        return count;
    }

    public long StartedOf(string kind) => started.GetValueOrDefault(kind);

    public long EndedOf(string kind) => ended.Where(e => e.Key.Kind == kind).Sum(e => e.Value);

    public long AnsweredOf(string kind) => ended.GetValueOrDefault((kind, Answered));

    public void Start(string kind) => started.AddOrUpdate(kind, 1, (_, n) => n + 1);

    public void End(string kind, string outcome) => ended.AddOrUpdate((kind, outcome), 1, (_, n) => n + 1);

    public void EndStream(string outcome) => streams.AddOrUpdate(outcome, 1, (_, n) => n + 1);

    /// <summary>A stream to be sent, counted now and when it is disposed.</summary>
    public Stream NewSource(byte[] bytes)
    {
        Interlocked.Increment(ref sourcesOffered);
        return new Source(bytes, () => Interlocked.Increment(ref sourcesDisposed));
    }

    private static IEnumerable<(string Outcome, long Count)> Summed(IEnumerable<(string Outcome, long Count)> counts) =>
        counts.GroupBy(c => c.Outcome, c => c.Count, (outcome, of) => (outcome, of.Sum())).OrderByDescending(c => c.Item2);

    private sealed class Source(byte[] bytes, Action disposed) : MemoryStream(bytes, writable: false)
    {
        private int isDisposed;

        protected override void Dispose(bool disposing)
        {
            if (Interlocked.Exchange(ref isDisposed, 1) == 0)
                disposed();
            base.Dispose(disposing);
        }
    }
}
