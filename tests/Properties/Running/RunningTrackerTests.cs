using Acomm.Domain;
using Acomm.Effects;
using LanguageExt;
using Microsoft.Extensions.Time.Testing;
using Xunit;
using static Acomm.Properties.Running.FakeWorld;

namespace Acomm.Properties.Running;

/// <summary>The running tracker on virtual time. What the core decides is tested with the core; here it is what the shell does with it.</summary>
public sealed class RunningTrackerTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly FakeTimeProvider time = new();
    private readonly List<TrackerOutput.Forward> forwarded = [];

    [Fact]
    public async Task A_response_completes_its_registration()
    {
        using var tracker = Started();
        var registration = Register(tracker, "a", Second);
        Assert.True(tracker.Respond(Response.Success(Id("a"), Json("1")), Origin.OwnSocket).IsRight);
        var answered = Assert.IsType<Completion.Answered>(await registration.Completion);
        Assert.Equal(Response.Success(Id("a"), Json("1")), answered.Response);
    }

    [Fact]
    public async Task A_request_times_out_at_its_deadline_and_not_before()
    {
        using var tracker = Started();
        var registration = Register(tracker, "a", Second);
        time.Advance(Second - TimeSpan.FromMilliseconds(1));
        Assert.False(registration.Completion.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(11));
        Assert.IsType<Completion.TimedOut>(await registration.Completion);
    }

    [Fact]
    public async Task A_shorter_timeout_that_comes_later_is_not_kept_waiting_by_a_longer_one()
    {
        using var tracker = Started();
        var slow = Register(tracker, "slow", Second * 60);
        var quick = Register(tracker, "quick", Second);
        time.Advance(Second + TimeSpan.FromMilliseconds(10));
        Assert.IsType<Completion.TimedOut>(await quick.Completion);
        Assert.False(slow.Completion.IsCompleted);
        time.Advance(Second * 60);
        Assert.IsType<Completion.TimedOut>(await slow.Completion);
    }

    [Fact]
    public async Task A_longer_timeout_is_kept_after_a_shorter_one_was_answered()
    {
        using var tracker = Started();
        Register(tracker, "quick", Second);
        var slow = Register(tracker, "slow", Second * 60);
        tracker.Respond(Response.Success(Id("quick"), RawJson.Null), Origin.OwnSocket);
        time.Advance(Second * 60 - TimeSpan.FromMilliseconds(1));
        Assert.False(slow.Completion.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(11));
        Assert.IsType<Completion.TimedOut>(await slow.Completion);
    }

    [Fact]
    public async Task After_all_timed_out_the_next_one_times_out_too()
    {
        using var tracker = Started();
        for (var round = 0; round < 3; round++)
        {
            var open = Register(tracker, "a", Second);
            time.Advance(Second + TimeSpan.FromMilliseconds(10));
            Assert.IsType<Completion.TimedOut>(await open.Completion);
        }
    }

    [Fact]
    public void What_it_tells_of_itself_is_what_its_state_says()
    {
        using var tracker = new RunningTracker(Limits.Default, time, forwarded.Add);
        AssertTold();
        tracker.Start();
        AssertTold();
        Register(tracker, "a", Second);
        var given = Register(tracker, "b", Second);
        AssertTold();
        tracker.Cancel(given.Handle);
        tracker.StopAsync(Option<TimeSpan>.None);
        AssertTold();
        tracker.Respond(Response.Success(Id("a"), RawJson.Null), Origin.OwnSocket);
        AssertTold();

        void AssertTold() => Assert.Equal(
            (tracker.State.Phase, tracker.State.Outstanding, tracker.State.Tally),
            (tracker.Phase, tracker.Outstanding, tracker.Tally));
    }

    [Fact]
    public async Task Two_stops_of_what_is_idle_both_end()
    {
        using var tracker = Started();
        var (first, second) = (tracker.StopAsync(Option<TimeSpan>.None), tracker.StopAsync(Second));
        Assert.Equal((0, 0), (await first, await second));
    }

    [Fact]
    public void A_disposed_tracker_sets_its_timer_no_more()
    {
        var tracker = Started();
        tracker.Dispose();
        var open = Register(tracker, "a", Second);
        time.Advance(Second * 2);
        Assert.False(open.Completion.IsCompleted);
    }

    [Fact]
    public async Task More_requests_than_a_step_may_expire_all_expire()
    {
        using var tracker = Started(Limits.Default with { ExpiriesPerStep = 2 });
        var all = Enumerable.Range(0, 9).Select(i => Register(tracker, $"r{i}", Second).Completion).ToList();
        time.Advance(Second * 2);
        Assert.All(await Task.WhenAll(all), completion => Assert.IsType<Completion.TimedOut>(completion));
    }

    [Fact]
    public void A_responder_is_told_what_became_of_its_answer()
    {
        using var tracker = Started();
        var answer = Response.Success(Id("a"), Json("1"));
        Assert.IsType<AcommError.ResponseUnknown>(tracker.Respond(answer, Origin.OwnSocket).Case);
        Register(tracker, "a", Second);
        Assert.True(tracker.Respond(answer, Origin.OwnSocket).IsRight);
        Assert.IsType<AcommError.ResponseDuplicate>(tracker.Respond(answer, Origin.OwnSocket).Case);
        var given = Register(tracker, "a", Second);
        tracker.Cancel(given.Handle);
        Assert.IsType<AcommError.ResponseLate>(tracker.Respond(answer, Origin.OwnSocket).Case);
    }

    [Fact]
    public async Task A_stop_waits_for_the_open_requests_and_refuses_new_ones()
    {
        using var tracker = Started();
        var open = Register(tracker, "a", Second);
        var stopped = tracker.StopAsync(Option<TimeSpan>.None);
        Assert.IsType<AcommError.ShuttingDown>(tracker.Register(Id("b"), Second, Route.ToCaller, default).Case);
        Assert.False(stopped.IsCompleted);
        tracker.Respond(Response.Success(Id("a"), RawJson.Null), Origin.OwnSocket);
        Assert.Equal(0, await stopped);
        Assert.IsType<Completion.Answered>(await open.Completion);
    }

    [Fact]
    public async Task A_stop_with_a_limit_cuts_what_is_open_then_and_counts_it_for_whoever_stopped()
    {
        using var tracker = Started();
        var open = Register(tracker, "a", Second * 60);
        var first = tracker.StopAsync(Second * 30);
        var second = tracker.StopAsync(Second);
        time.Advance(Second + TimeSpan.FromMilliseconds(10));
        Assert.Equal((1, 1), (await first, await second));
        Assert.IsType<Completion.Shutdown>(await open.Completion);
    }

    [Fact]
    public async Task A_stopped_tracker_can_be_started_again()
    {
        using var tracker = Started();
        Assert.Equal(0, await tracker.StopAsync(Option<TimeSpan>.None));
        tracker.Start();
        var again = Register(tracker, "a", Second);
        time.Advance(Second * 2);
        Assert.IsType<Completion.TimedOut>(await again.Completion);
        Assert.Equal(0, await tracker.StopAsync(Option<TimeSpan>.None));
    }

    [Fact]
    public async Task An_answer_for_another_hook_is_handed_on_once_and_so_is_a_timeout()
    {
        using var tracker = Started();
        var route = new Route.Forward(At("http://10.0.0.7/hook"), Reach.Anywhere);
        var answered = tracker.Register(Id("a"), Second, route, default).IfLeft(_ => throw new InvalidOperationException());
        tracker.Register(Id("b"), Second, route, default);
        tracker.Respond(Response.Success(Id("a"), Json("1")), Origin.OwnSocket);
        time.Advance(Second * 2);
        Assert.IsType<Completion.Answered>(await answered.Completion);
        Assert.Equal(["a", "b"], forwarded.Select(f => f.Response.Id.Value));
        Assert.IsType<Outcome.Failure>(forwarded[1].Response.Outcome);
    }

    [Fact]
    public async Task Registrations_from_many_threads_are_each_completed_once_and_counted()
    {
        using var tracker = Started();
        var completions = await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            var kinds = new List<Completion>();
            for (var i = 0; i < 200; i++)
            {
                var registration = Register(tracker, $"{worker}-{i}", Second);
                if (i % 2 == 0)
                    tracker.Cancel(registration.Handle);
                tracker.Respond(Response.Success(registration.Handle.Id, RawJson.Null), Origin.OwnSocket);
                kinds.Add(await registration.Completion);
            }

            return kinds;
        })));
        var tally = tracker.State.Tally;
        Assert.Equal((1600, 800, 800, 800), (tally.Registered, tally.Answered, tally.Cancelled, tally.Late));
        Assert.Equal(800, completions.Sum(kinds => kinds.Count(k => k is Completion.Answered)));
        Assert.Equal(0, tracker.State.Outstanding);
    }

    private RunningTracker Started(Limits? limits = null)
    {
        var tracker = new RunningTracker(limits ?? Limits.Default, time, forwarded.Add);
        tracker.Start();
        return tracker;
    }

    private static Registration Register(RunningTracker tracker, string id, TimeSpan timeout) =>
        tracker.Register(Id(id), timeout, Route.ToCaller, default).IfLeft(error => throw new InvalidOperationException(error.ToString()));
}
