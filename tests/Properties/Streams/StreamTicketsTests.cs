using Acomm.Domain;
using Acomm.Properties.Generators;
using FsCheck;
using LanguageExt;
using Xunit;

namespace Acomm.Properties.Streams;

/// <summary>A ticket opens one stream, once, for a minute; nothing else opens anything.</summary>
public sealed class StreamTicketsTests
{
    private static readonly Address Here = TrackerWords.Parsed(Address.Parse("unix:///run/a.sock"));
    private static readonly Address There = TrackerWords.Parsed(Address.Parse("unix:///run/b.sock"));
    private static readonly TimeSpan Life = Limits.Default.StreamUnopened;

    [Prop]
    public void A_ticket_is_good_until_its_time_is_over_and_not_from_then_on(NonNegativeInt after)
    {
        var tickets = Issued(Secret(1), Here, Instant.Zero);
        foreach (var later in new[] { TimeSpan.FromMilliseconds(after.Get), Life - new TimeSpan(1), Life, Life + new TimeSpan(1) })
        {
            var (_, stream) = tickets.Redeem(Secret(1), Here.ToString(), Instant.Zero + later);
            Assert.Equal(later < Life ? Here : Prelude.Left<AcommError, Address>(new AcommError.StreamUnknown()), stream);
        }
    }

    [Fact]
    public void A_ticket_is_good_once()
    {
        var (rest, first) = Issued(Secret(1), Here, Instant.Zero).Redeem(Secret(1), Here.ToString(), Instant.Zero);
        var (_, again) = rest.Redeem(Secret(1), Here.ToString(), Instant.Zero);

        Assert.Equal(Here, first);
        Assert.Equal(new AcommError.StreamUnknown(), again.Left());
    }

    [Prop]
    public void A_guess_opens_nothing_and_uses_nothing_up(byte guess, string? address)
    {
        var tickets = Issued(Secret(1), Here, Instant.Zero);
        var wrongToken = Secret((byte)(guess == 1 ? 2 : guess));
        foreach (var (token, text) in new[] { (wrongToken, Here.ToString()), (Secret(1), address ?? ""), (Secret(1), There.ToString()) })
        {
            (tickets, var stream) = tickets.Redeem(token, text, Instant.Zero);
            Assert.Equal(new AcommError.StreamUnknown(), stream.Left());
        }

        Assert.Equal(Here, tickets.Redeem(Secret(1), Here.ToString(), Instant.Zero).Stream);
    }

    [Fact]
    public void A_ticket_opens_its_own_stream()
    {
        var tickets = Also(Issued(Secret(1), Here, Instant.Zero), Secret(2), There, Instant.Zero);

        Assert.Equal(There, tickets.Redeem(Secret(2), There.ToString(), Instant.Zero).Stream);
        Assert.Equal(new AcommError.StreamUnknown(), tickets.Redeem(Secret(2), Here.ToString(), Instant.Zero).Stream.Left());
    }

    [Fact]
    public void No_more_are_given_out_than_the_limit_allows_until_some_are_used_or_over()
    {
        var few = Limits.Default with { StreamsOffered = 2 };
        var full = Also(Issued(Secret(1), Here, Instant.Zero), Secret(2), There, Instant.Zero + new TimeSpan(1));

        Assert.Equal(
            new AcommError.TooManyStreams("given out over HTTP", 2, 2), full.Issue(Secret(3), Here, Instant.Zero, few).Left());
        Assert.True(full.Redeem(Secret(2), There.ToString(), Instant.Zero).Left.Issue(Secret(3), Here, Instant.Zero, few).IsRight);
        var later = full.Issue(Secret(3), Here, Instant.Zero + Life, few).Right();
        Assert.Equal(2, later.Count);
        Assert.Equal(There, later.Redeem(Secret(2), There.ToString(), Instant.Zero + Life).Stream);
    }

    [Prop]
    public void What_is_over_is_not_remembered(NonNegativeInt seconds)
    {
        var now = Instant.Zero + TimeSpan.FromSeconds(seconds.Get % 200);
        var tickets = Enumerable.Range(0, 100).Aggregate(
            StreamTickets.Empty, (all, i) => Also(all, Secret((byte)i), Here, Instant.Zero + TimeSpan.FromSeconds(i)));

        var (left, _) = tickets.Redeem(Secret(200), "", now);

        Assert.Equal(Enumerable.Range(0, 100).Count(i => Instant.Zero + TimeSpan.FromSeconds(i) + Life > Latest(now)), left.Count);
    }

    // The last was given out at 99 s, and what was over by then went with that.
    private static Instant Latest(Instant now) => now > Instant.Zero + TimeSpan.FromSeconds(99) ? now : Instant.Zero + TimeSpan.FromSeconds(99);

    private static StreamTickets Issued(Token token, Address stream, Instant now) => Also(StreamTickets.Empty, token, stream, now);

    private static StreamTickets Also(StreamTickets tickets, Token token, Address stream, Instant now) =>
        TrackerWords.Parsed(tickets.Issue(token, stream, now, Limits.Default));

    private static Token Secret(byte number) => TrackerWords.Parsed(Token.Of(Enumerable.Repeat(number, Token.LengthBytes).ToArray()));
}
