using Acomm.Domain;
using FsCheck;
using Xunit;

namespace Acomm.Properties.Sockets;

/// <summary>A listener that cannot accept tries again soon, ever later, and never in a busy loop.</summary>
public sealed class AcceptBackoffTests
{
    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 10)]
    [InlineData(3, 20)]
    [InlineData(8, 640)]
    [InlineData(9, 1_000)]
    [InlineData(10, 1_000)]
    [InlineData(int.MaxValue, 1_000)]
    [InlineData(0, 5)]
    [InlineData(int.MinValue, 5)]
    public void The_wait_doubles_from_5_ms_to_1_s(int failures, double millis) =>
        Assert.Equal(TimeSpan.FromMilliseconds(millis), AcceptBackoff.After(failures));

    [Prop]
    public void The_wait_never_shrinks_and_stays_between_its_ends(int failures)
    {
        var wait = AcceptBackoff.After(failures);
        Assert.InRange(wait, AcceptBackoff.First, AcceptBackoff.Longest);
        Assert.True(failures == int.MaxValue || AcceptBackoff.After(failures + 1) >= wait);
    }

    [Prop]
    public void In_any_time_there_are_few_tries(PositiveInt seconds)
    {
        var (tries, waited) = (0, TimeSpan.Zero);
        while (waited < TimeSpan.FromSeconds(seconds.Get))
            waited += AcceptBackoff.After(++tries);
        Assert.InRange(tries, 1, 9 + seconds.Get);
    }
}
