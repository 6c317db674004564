using Acomm.Domain;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace Acomm.Properties.Tracking;

/// <summary>Instants stay on the clock: arithmetic that would leave it ends at its ends.</summary>
[Props(typeof(Ticks), 500)]
public class InstantTests
{
    /// <summary>Whole numbers with the ends of their range among them.</summary>
    public static class Ticks
    {
        public static Arbitrary<long> Long() => Arb.From(Gen.OneOf(
            Gen.Elements(0L, 1, -1, long.MaxValue, long.MaxValue - 1, long.MinValue, long.MinValue + 1),
            Gen.Choose(int.MinValue, int.MaxValue).Select(i => (long)i),
            from high in Gen.Choose(int.MinValue, int.MaxValue) from low in Gen.Choose(0, int.MaxValue) select ((long)high << 32) + low));
    }

    [Property]
    public void Adding_a_duration_stays_at_an_end_of_time_where_it_would_pass_it(long ticks, long duration) =>
        Assert.Equal(
            (long)Int128.Clamp((Int128)ticks + duration, long.MinValue, long.MaxValue),
            (new Instant(ticks) + new TimeSpan(duration)).Ticks);

    [Property]
    public void The_duration_between_instants_is_the_longest_there_is_where_it_would_be_longer(long later, long earlier) =>
        Assert.Equal(
            (long)Int128.Clamp((Int128)later - earlier, long.MinValue, long.MaxValue),
            (new Instant(later) - new Instant(earlier)).Ticks);

    [Property]
    public void Instants_are_ordered_as_their_ticks(long left, long right)
    {
        var (l, r) = (new Instant(left), new Instant(right));
        Assert.Equal((left < right, left <= right, left > right, left >= right), (l < r, l <= r, l > r, l >= r));
        Assert.Equal(left.CompareTo(right), l.CompareTo(r));
    }

    [Property]
    public void An_instant_is_neither_before_nor_after_its_equal(long ticks)
    {
        var (one, other) = (new Instant(ticks), new Instant(ticks));
        Assert.False((one < other) || (one > other));
        Assert.True((one <= other) && (one >= other));
    }
}
