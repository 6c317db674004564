using LanguageExt;
using LanguageExt.ClassInstances;

namespace Acomm.Domain;

/// <summary>
/// Which request is due when. Those that are due together come in the order of their registration. Adding and removing
/// cost what the number of distinct deadlines costs, not the number of requests; <see cref="Tracker.Tick"/> keeps it low.
/// </summary>
internal sealed record Deadlines
{
    public static readonly Deadlines Empty = new();

    private Map<TLong, long, Map<TLong, long, RequestId>> buckets;

    private Deadlines() { }

    public int Count { get; private init; }

    /// <summary>The id of the first in order, whenever it is due.</summary>
    public Option<RequestId> First =>
        from bucket in buckets.Min
        from first in bucket.Value.Min
        select first.Value;

    public Deadlines Add(Entry entry) => Changed(entry.Deadline, +1, bucket => bucket.Add(entry.Handle.Number, entry.Handle.Id));

    public Deadlines Remove(Entry entry) => Changed(entry.Deadline, -1, bucket => bucket.Remove(entry.Handle.Number));

    private Deadlines Changed(Instant due, int by, Func<Map<TLong, long, RequestId>, Map<TLong, long, RequestId>> change)
    {
        var bucket = change(buckets.Find(due.Ticks).IfNone(Map<TLong, long, RequestId>.Empty));
        return this with
        {
            buckets = bucket.IsEmpty ? buckets.Remove(due.Ticks) : buckets.AddOrUpdate(due.Ticks, bucket),
            Count = Count + by,
        };
    }
}
