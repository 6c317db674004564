using Acomm.Domain;
using Acomm.Properties.Generators;
using FsCheck.Xunit;
using LanguageExt;
using Xunit;

namespace Acomm.Properties.Tracking;

/// <summary>Invariants 10, 11 and 12: when a registration expires.</summary>
[Props(typeof(TrackerScripts), 300)]
public class TimeInvariants
{
    [Property]
    public void Invariant_10_nothing_times_out_before_its_deadline_and_what_does_was_due_within_one_tick_of_it(Script script)
    {
        var deadlines = new Dictionary<Handle, Instant>();
        foreach (var moment in History.Ended(script).Moments)
        {
            foreach (var admitted in moment.Outputs.OfType<TrackerOutput.Admitted>())
                deadlines.Add(admitted.Handle, moment.Input.At + ((TrackerInput.Register)moment.Input).Timeout);
            Assert.All(moment.After.Entries.Values, e =>
            {
                Assert.InRange((e.Deadline - deadlines[e.Handle]).Ticks, 0, TrackerWords.Tick.Ticks - 1);
                Assert.Equal(0, e.Deadline.Ticks % TrackerWords.Tick.Ticks);
            });
            Assert.All(
                moment.Completions.Where(c => c.Completion is Completion.TimedOut),
                c => Assert.True(moment.Input.At >= deadlines[c.Handle]));
        }
    }

    [Property]
    public void Invariant_10_after_time_passed_nothing_is_left_that_was_due_unless_the_step_was_full(Script script)
    {
        foreach (var moment in History.Of(script).Moments)
        {
            if (moment.Input is not TrackerInput.TimePassed { At: var now })
                continue;
            var expired = moment.Completions.Count();
            Assert.InRange(expired, 0, script.ExpiriesPerStep);
            var due = Tracker.NextDeadline(moment.After).Exists(next => next <= now);
            Assert.True(!due || expired == script.ExpiriesPerStep);
        }
    }

    [Property]
    public void The_next_deadline_is_the_earliest_of_those_armed_and_of_the_stop(Script script)
    {
        foreach (var state in History.Of(script).Moments.Select(m => m.After))
        {
            var armed = state.Entries.Values.Select(e => e.Deadline).ToList();
            var earliest = armed.Count == 0 ? Option<Instant>.None : armed.Concat(state.StopDeadline.ToList()).Min();
            Assert.Equal(earliest, Tracker.NextDeadline(state));
        }
    }

    [Property]
    public void A_step_one_tick_before_the_next_deadline_does_nothing_and_a_step_at_it_completes_something(Script script)
    {
        foreach (var state in History.Of(script).Moments.Select(m => m.After))
        {
            foreach (var next in Tracker.NextDeadline(state).ToList())
            {
                var early = Moment.Of(state, new TrackerInput.TimePassed { At = new Instant(next.Ticks - 1) });
                Assert.Empty(early.Outputs);
                Assert.Equal(state, early.After);
                Assert.NotEmpty(Moment.Of(state, new TrackerInput.TimePassed { At = next }).Completions);
            }
        }
    }

    [Property]
    public void What_expires_in_one_step_is_in_the_order_of_deadlines_and_for_equal_ones_of_registration(Script script)
    {
        foreach (var moment in History.Ended(script).Moments.Where(m => m.Input is TrackerInput.TimePassed))
        {
            var expired = moment.Completions.Select(c => c.Handle).ToList();
            var inOrder = moment.Before.Entries.Values.OrderBy(e => e.Deadline).ThenBy(e => e.Handle.Number).Select(e => e.Handle);
            Assert.Equal(inOrder.Take(expired.Count), expired);
        }
    }

    [Property]
    public void Invariant_11_a_tie_at_the_deadline_has_one_winner_and_the_loser_is_counted_once(Script script, bool responseFirst)
    {
        var state = History.Of(script).State;
        foreach (var entry in state.Entries.Values)
        {
            var at = entry.Deadline;
            TrackerInput response = new TrackerInput.Respond(TrackerWords.ResponseOf(0, 0) with { Id = entry.Handle.Id }, Origin.OwnSocket) { At = at };
            var passed = Enumerable.Repeat((TrackerInput)new TrackerInput.TimePassed { At = at }, state.Outstanding);
            var moments = new List<Moment>();
            foreach (var input in responseFirst ? passed.Prepend(response) : passed.Append(response))
                moments.Add(Moment.Of(moments.Count == 0 ? state : moments[^1].After, input));

            var won = Assert.Single(moments.SelectMany(m => m.Completions), c => c.Handle == entry.Handle).Completion;
            Assert.Equal(responseFirst, won is Completion.Answered);
            var lost = moments.SelectMany(m => m.Outputs).OfType<TrackerOutput.Dropped>().Select(d => (d.Id, d.Reason)).ToList();

            // Of many that expire at once, with few that are remembered, it may be forgotten that this one was late.
            var known = state.Limits.RememberedIds >= state.Outstanding || lost is [(_, DropReason.Late)];
            Assert.Equal(responseFirst ? [] : [(entry.Handle.Id, known ? DropReason.Late : DropReason.Unknown)], lost);
        }
    }

    [Property]
    public void Invariant_12_only_differences_of_time_matter_the_clock_may_start_anywhere(Script script, int ticks)
    {
        var by = ticks * TrackerWords.Tick;
        var here = History.Of(script with { OriginTicks = 0 });
        var there = History.Of(script with { OriginTicks = by.Ticks });
        Assert.Equal(here.Outputs.Select(o => Moved(o, by)), there.Outputs);
    }

    private static TrackerOutput Moved(TrackerOutput output, TimeSpan by) => output is TrackerOutput.Forward { Deadline.Ticks: < long.MaxValue } f
        ? f with { Deadline = f.Deadline + by }
        : output;
}
