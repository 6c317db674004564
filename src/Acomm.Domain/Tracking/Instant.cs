namespace Acomm.Domain;

/// <summary>A point on a monotonic clock, in ticks of 100 ns since some start. The wall clock has no part in it.</summary>
public readonly record struct Instant(long Ticks) : IComparable<Instant>
{
    /// <summary>The start of the clock.</summary>
    public static readonly Instant Zero;

    /// <summary>Later by a duration; stays at the end of time where it would pass it.</summary>
    public static Instant operator +(Instant instant, TimeSpan duration) =>
        new(duration.Ticks > long.MaxValue - Math.Max(instant.Ticks, 0) ? long.MaxValue : instant.Ticks + duration.Ticks);

    /// <summary>The duration from one instant to another.</summary>
    public static TimeSpan operator -(Instant later, Instant earlier) => new(later.Ticks - earlier.Ticks);

    /// <summary>Earlier.</summary>
    public static bool operator <(Instant left, Instant right) => left.Ticks < right.Ticks;

    /// <summary>Later.</summary>
    public static bool operator >(Instant left, Instant right) => left.Ticks > right.Ticks;

    /// <summary>Earlier or equal.</summary>
    public static bool operator <=(Instant left, Instant right) => left.Ticks <= right.Ticks;

    /// <summary>Later or equal.</summary>
    public static bool operator >=(Instant left, Instant right) => left.Ticks >= right.Ticks;

    /// <inheritdoc/>
    public int CompareTo(Instant other) => Ticks.CompareTo(other.Ticks);
}
