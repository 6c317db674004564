using Acomm.Domain;
using Acomm.Properties.Generators;
using FsCheck;
using LanguageExt;
using Xunit;

namespace Acomm.Properties.Routing;

/// <summary>A message is sent again only where that is safe, may help, and is still in time.</summary>
public class RetryTests
{
    private static readonly TimeSpan Ample = TimeSpan.FromDays(1);
    private static readonly AcommError Passing = new AcommError.PeerOverloaded(TrackerWords.Hook);

    public static TheoryData<AcommError, bool> Failures => new()
    {
        { new AcommError.PeerUnreachable(TrackerWords.Hook, ""), true },
        { new AcommError.PeerOverloaded(TrackerWords.Hook), true },
        { new AcommError.DnsFailed(TrackerWords.Hook, ""), true },
        { new AcommError.PeerClosed(TrackerWords.Hook, "", Delivery.NotSent), true },
        { new AcommError.PeerClosed(TrackerWords.Hook, "", Delivery.Indeterminate), false },
        { new AcommError.WriteTimeout(TrackerWords.Hook, Ample, Delivery.NotSent), true },
        { new AcommError.WriteTimeout(TrackerWords.Hook, Ample, Delivery.Indeterminate), false },
        { new AcommError.AckTimeout(TrackerWords.Hook, Ample), false },
        { new AcommError.BadAck(TrackerWords.Hook, ""), false },
        { new AcommError.Rejected(TrackerWords.Hook, "no", default), false },
        { new AcommError.Rejected(TrackerWords.Hook, "no", "UnknownTask"), false },
        { new AcommError.Rejected(TrackerWords.Hook, "no", "ConnectionLimit"), true },
        { new AcommError.HttpStatus(TrackerWords.Hook, 404), false },
        { new AcommError.HttpStatus(TrackerWords.Hook, 503), false },
        { new AcommError.TlsFailed(TrackerWords.Hook, ""), false },
        { new AcommError.AddressForbidden(TrackerWords.Hook, ""), false },
        { new AcommError.FrameTooLong(1, 2), false },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void A_failure_is_tried_again_if_nothing_was_sent_and_it_may_pass(AcommError error, bool again) =>
        Assert.Equal(again, Retry.After(Sending.Answer, error, 1, Ample, 0).IsSome);

    [Theory]
    [MemberData(nameof(Failures))]
    public void A_request_is_tried_again_only_at_a_peer_that_is_overloaded(AcommError error, bool again) =>
        Assert.Equal(again && error is AcommError.PeerOverloaded or AcommError.Rejected, Retry.After(Sending.Request, error, 1, Ample, 0).IsSome);

    [Theory]
    [InlineData(1, 0.0, 25)]
    [InlineData(1, 0.5, 37.5)]
    [InlineData(1, 1.0, 50)]
    [InlineData(2, 0.0, 50)]
    [InlineData(3, 0.0, 100)]
    [InlineData(5, 0.0, 400)]
    [InlineData(5, 0.5, 600)]
    public void The_wait_doubles_with_each_try_and_is_between_half_and_all_of_its_step(int attempts, double jitter, double millis) =>
        Assert.Equal(Option<TimeSpan>.Some(TimeSpan.FromMilliseconds(millis)), Retry.After(Sending.Answer, Passing, attempts, Ample, jitter));

    [Prop]
    public void After_so_many_tries_and_before_the_first_there_is_no_next_one(int attempts) =>
        Assert.Equal(attempts is >= 1 and < Retry.LimitAttempts, Retry.After(Sending.Answer, Passing, attempts, Ample, 0).IsSome);

    [Theory]
    [InlineData(int.MinValue)]
    [InlineData(0)]
    [InlineData(Retry.LimitAttempts)]
    [InlineData(64)]
    [InlineData(int.MaxValue)]
    public void Any_number_of_tries_gives_an_answer(int attempts) => Assert.True(Retry.After(Sending.Answer, Passing, attempts, Ample, 0).IsNone);

    [Prop]
    public void The_next_try_is_in_time(int seed, PositiveInt remainingMillis)
    {
        var remaining = TimeSpan.FromMilliseconds(remainingMillis.Get);
        foreach (var wait in Retry.After(Sending.Answer, Passing, 1 + Math.Abs(seed % 5), remaining, Math.Abs(seed % 100) / 100.0).ToList())
            Assert.InRange(wait, TimeSpan.FromMilliseconds(25), remaining - new TimeSpan(1));
    }

    [Fact]
    public void A_try_that_would_come_at_the_deadline_is_not_made()
    {
        var wait = TimeSpan.FromMilliseconds(25);
        Assert.True(Retry.After(Sending.Answer, Passing, 1, wait, 0).IsNone);
        Assert.Equal(Option<TimeSpan>.Some(wait), Retry.After(Sending.Answer, Passing, 1, wait + new TimeSpan(1), 0));
    }

    [Theory]
    [InlineData(double.NaN, 25)]
    [InlineData(double.PositiveInfinity, 25)]
    [InlineData(double.NegativeInfinity, 25)]
    [InlineData(-0.5, 25)]
    [InlineData(1e300, 25)]
    public void A_jitter_that_is_no_share_counts_as_none(double jitter, double millis) =>
        Assert.Equal(Option<TimeSpan>.Some(TimeSpan.FromMilliseconds(millis)), Retry.After(Sending.Answer, Passing, 1, Ample, jitter));

    [Prop]
    public void Only_what_was_not_sent_or_was_refused_is_final(Delivery delivery) =>
        Assert.Equal(delivery is Delivery.NotSent or Delivery.Refused, delivery.IsFinal());

    [Prop]
    public void One_byte_written_makes_a_send_indeterminate(NonNegativeInt bytes) =>
        Assert.Equal(bytes.Get == 0 ? Delivery.NotSent : Delivery.Indeterminate, Deliveries.AfterWriting(bytes.Get));
}
