using Acomm.Domain;
using Xunit;

namespace Acomm.Properties.Routing;

/// <summary>However much happens, a bounded part of it is told, and the rest is counted.</summary>
public sealed class ThrottleTests
{
    [Prop]
    public void Every_event_is_told_or_counted_and_few_are_told_in_any_second(byte[] pauses)
    {
        var (throttle, now, told, counted) = (default(Throttle), Instant.Zero, new List<Instant>(), 0L);
        foreach (var pause in pauses)
        {
            now += TimeSpan.FromMilliseconds(pause / 8);
            (throttle, var isTold, var untold) = throttle.Happened(now);
            counted += untold;
            if (isTold)
                told.Add(now);
        }

        Assert.Equal(pauses.Length, told.Count + counted + throttle.Untold);
        foreach (var first in told)
            Assert.InRange(told.Count(t => t >= first && t - first < TimeSpan.FromSeconds(1)), 1, 2 * Throttle.LimitPerSecond);
    }

    [Fact]
    public void The_first_ones_are_told_and_then_one_in_the_next_second_with_the_number_of_the_others()
    {
        var throttle = default(Throttle);
        for (var i = 0; i < Throttle.LimitPerSecond; i++)
        {
            (throttle, var isTold, var untold) = throttle.Happened(At(0));
            Assert.Equal((true, 0L), (isTold, untold));
        }

        for (var i = 0; i < 3; i++)
        {
            (throttle, var isTold, _) = throttle.Happened(At(999));
            Assert.False(isTold);
        }

        var (after, told, before) = throttle.Happened(At(1_000));
        Assert.Equal((new Throttle(At(1_000), 1, 0), true, 3L), (after, told, before));
    }

    private static Instant At(int millis) => Instant.Zero + TimeSpan.FromMilliseconds(millis);
}
