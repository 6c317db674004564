using Acomm.Domain;
using Acomm.Properties.Generators;
using Xunit;

namespace Acomm.Properties.Routing;

/// <summary>Which of several workers is asked, and when the next one is.</summary>
public class WorkerOrderTests
{
    public static TheoryData<AcommError, bool> Failures => new()
    {
        { new AcommError.PeerUnreachable(TrackerWords.Stream, ""), true },
        { new AcommError.PeerOverloaded(TrackerWords.Stream), true },
        { new AcommError.PeerClosed(TrackerWords.Stream, "", Delivery.NotSent), true },
        { new AcommError.PeerClosed(TrackerWords.Stream, "", Delivery.Indeterminate), false },
        { new AcommError.WriteTimeout(TrackerWords.Stream, TrackerWords.Tick, Delivery.NotSent), true },
        { new AcommError.WriteTimeout(TrackerWords.Stream, TrackerWords.Tick, Delivery.Indeterminate), false },
        { new AcommError.Rejected(TrackerWords.Stream, "no", default), true },
        { new AcommError.AddressUnusable(TrackerWords.Stream, ""), true },
        { new AcommError.PathTooLong("", 1, 2), true },
        { new AcommError.AckTimeout(TrackerWords.Stream, TrackerWords.Tick), false },
        { new AcommError.TaskFailed("no"), false },
        { new AcommError.DuplicateId(TrackerWords.Id(0)), false },
        { new AcommError.ShuttingDown(), false },
        { new AcommError.FrameTooLong(1, 2), false },
    };

    [Fact]
    public void Workers_are_tried_in_the_order_of_their_numbers_and_what_is_no_worker_is_left_out() => Assert.Equal(
        ["09-also.sock", "9-fast.sock", "10-slow.sock", "b.sock", "last.sock"],
        WorkerOrder.Of(["last.sock", "10-slow.sock", "9-fast.sock", "b.sock", "notes.txt", "9.sock.bak", ".hidden.sock", "09-also.sock"]).ToArray());

    [Fact]
    public void A_number_of_any_length_is_a_number_and_needs_no_name() => Assert.Equal(
        ["0.sock", "7.sock", "99999999999999999999.sock", "100000000000000000000.sock"],
        WorkerOrder.Of(["100000000000000000000.sock", "99999999999999999999.sock", "7.sock", "0.sock"]).ToArray());

    [Theory]
    [MemberData(nameof(Failures))]
    public void The_next_worker_is_tried_if_the_request_was_certainly_not_taken_and_for_the_workers_sake(AcommError error, bool next) =>
        Assert.Equal(next, WorkerOrder.TriesNext(error));
}
