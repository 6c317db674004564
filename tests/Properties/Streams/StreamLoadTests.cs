using Acomm.Domain;
using Xunit;

namespace Acomm.Properties.Streams;

/// <summary>How many streams a node serves at a time.</summary>
public sealed class StreamLoadTests
{
    private static readonly Limits Few = Limits.Default with { StreamsOffered = 2, Streams = 3 };

    public enum Move
    {
        Offer,
        Open,
        Reclaim,
        End,
    }

    [Prop]
    public void Whatever_happens_no_limit_is_passed_and_what_is_refused_is_refused_at_one(Move[] moves)
    {
        var (load, offered, open) = (default(StreamLoad), 0, 0);
        foreach (var move in moves)
        {
            if (move == Move.Offer)
            {
                var full = offered == Few.StreamsOffered || offered + open == Few.Streams;
                var more = load.Offer(Few);
                Assert.Equal(full, more.IsLeft);
                load = more.IfLeft(load);
                offered += full ? 0 : 1;
            }
            else if (move == Move.Open && offered > 0)
            {
                (load, offered, open) = (load.Opened(), offered - 1, open + 1);
            }
            else if (move == Move.Reclaim && offered > 0)
            {
                (load, offered) = (load.Reclaimed(), offered - 1);
            }
            else if (move == Move.End && open > 0)
            {
                (load, open) = (load.Ended(), open - 1);
            }

            Assert.Equal(new StreamLoad(offered, open), load);
        }
    }

    [Fact]
    public void The_error_names_the_limit_and_the_value()
    {
        Assert.Equal(new AcommError.TooManyStreams("offered and not opened", 2, 2), new StreamLoad(2, 0).Offer(Few).Left());
        Assert.Equal(new AcommError.TooManyStreams("served", 3, 3), new StreamLoad(1, 2).Offer(Few).Left());
        Assert.Equal("3 streams are served, the limit is 3", new StreamLoad(0, 3).Offer(Few).Left().Message);
    }
}
