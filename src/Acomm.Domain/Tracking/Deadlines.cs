using LanguageExt;
using LanguageExt.ClassInstances;

namespace Acomm.Domain;

/// <summary>
/// When what is due, in ticks of 10 ms, rounded up so that nothing is early. Within a tick the order is that of
/// registration. Adding and removing cost what the number of distinct ticks costs, not the number of requests.
/// </summary>
internal sealed record Deadlines
{
    /// <summary>The length of a tick.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    public static readonly Deadlines Empty = new();

    private Map<TLong, long, Map<TLong, long, RequestId>> buckets;

    private Deadlines() { }

    public int Count { get; private init; }

    /// <summary>The instant at which the tick of a deadline is reached.</summary>
    public static Instant RoundUp(Instant deadline) => InstantOf(TickOf(deadline));

    public Deadlines Add(Handle handle, Instant deadline) => Changed(TickOf(deadline), +1, bucket => bucket.Add(handle.Number, handle.Id));

    public Deadlines Remove(Handle handle, Instant deadline) => Changed(TickOf(deadline), -1, bucket => bucket.Remove(handle.Number));

    /// <summary>The first in order, whenever it is due.</summary>
    public Option<(Instant Due, Handle Handle)> First =>
        from bucket in buckets.Min
        from first in bucket.Value.Min
        select (InstantOf(bucket.Key), new Handle(first.Value, first.Key));

    private Deadlines Changed(long tick, int by, Func<Map<TLong, long, RequestId>, Map<TLong, long, RequestId>> change)
    {
        var bucket = change(buckets.Find(tick).IfNone(Map<TLong, long, RequestId>.Empty));
        return this with
        {
            buckets = bucket.IsEmpty ? buckets.Remove(tick) : buckets.AddOrUpdate(tick, bucket),
            Count = Count + by,
        };
    }

    private static long TickOf(Instant deadline) => (deadline.Ticks / Tick.Ticks) + (deadline.Ticks % Tick.Ticks > 0 ? 1 : 0);

    private static Instant InstantOf(long tick) => tick > long.MaxValue / Tick.Ticks ? new Instant(long.MaxValue) : new Instant(tick * Tick.Ticks);
}
