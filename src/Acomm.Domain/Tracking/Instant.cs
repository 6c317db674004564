namespace Acomm.Domain;

/// <summary>A point on a monotonic clock, in ticks of 100 ns since some start. The wall clock has no part in it.</summary>
public readonly record struct Instant(long Ticks) : IComparable<Instant>
{
    /// <summary>The start of the clock.</summary>
    public static readonly Instant Zero;

    /// <summary>Later by a duration, or earlier by a negative one; stays at an end of time where it would pass it.</summary>
    public static Instant operator +(Instant instant, TimeSpan duration) => new(Limited((Int128)instant.Ticks + duration.Ticks));

    /// <summary>The duration from one instant to another; the longest there is where it would be longer.</summary>
    public static TimeSpan operator -(Instant later, Instant earlier) => new(Limited((Int128)later.Ticks - earlier.Ticks));

    /// <summary>Earlier.</summary>
    public static bool operator <(Instant left, Instant right) => left.Ticks < right.Ticks;

    /// <summary>Later.</summary>
    public static bool operator >(Instant left, Instant right) => left.Ticks > right.Ticks;

    /// <summary>Earlier or equal.</summary>
    public static bool operator <=(Instant left, Instant right) => left.Ticks <= right.Ticks;

    /// <summary>Later or equal.</summary>
    public static bool operator >=(Instant left, Instant right) => left.Ticks >= right.Ticks;

    /// <summary>The first multiple of a duration that is not before; the end of time where there is none any more.</summary>
    public Instant RoundedUpTo(TimeSpan multiple)
    {
        var over = Ticks % multiple.Ticks;
        return over > 0 ? this + new TimeSpan(multiple.Ticks - over) : new Instant(Ticks - over);
    }

    /// <inheritdoc/>
    public int CompareTo(Instant other) => Ticks.CompareTo(other.Ticks);

    private static long Limited(Int128 ticks) => (long)Int128.Clamp(ticks, long.MinValue, long.MaxValue);
}
