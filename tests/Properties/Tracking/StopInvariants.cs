using Acomm.Domain;
using Acomm.Properties.Generators;
using FsCheck.Xunit;
using LanguageExt;
using Xunit;
using static LanguageExt.Prelude;

namespace Acomm.Properties.Tracking;

/// <summary>Invariants 16 and 17: how a tracker ends, and begins again.</summary>
[Props(typeof(TrackerScripts), 300)]
public class StopInvariants
{
    [Property]
    public void Invariant_16_between_a_stop_and_the_next_start_every_registration_is_refused_as_shutting_down(Script script)
    {
        var stopped = false;
        foreach (var moment in History.Of(script).Moments)
        {
            stopped = moment.Input switch
            {
                TrackerInput.Stop => true,
                TrackerInput.Start when moment.Before.Outstanding == 0 => false,
                _ => stopped,
            };
            if (stopped && moment.Input is TrackerInput.Register register)
                Assert.Equal([new TrackerOutput.Refused(register.Id, new AcommError.ShuttingDown())], moment.Outputs);
        }
    }

    [Property]
    public void Invariant_16_before_the_first_start_every_registration_is_refused_as_not_started(Script script)
    {
        foreach (var moment in History.Of(script).Moments.TakeWhile(m => m.Input is not (TrackerInput.Start or TrackerInput.Stop)))
        {
            if (moment.Input is TrackerInput.Register register)
                Assert.Equal([new TrackerOutput.Refused(register.Id, new AcommError.NotStarted())], moment.Outputs);
        }
    }

    [Property]
    public void Invariant_16_what_was_open_at_a_stop_can_still_be_answered(Script script)
    {
        var history = History.Of(script);
        history.Step(new TrackerInput.Stop(None) { At = history.Now });
        foreach (var handle in history.State.Entries.Values.Select(e => e.Handle).OrderBy(h => h.Number).ToList())
        {
            var answered = history.Step(new TrackerInput.Respond(Response.Success(handle.Id, RawJson.Null), Origin.OwnSocket) { At = history.Now });
            Assert.Equal(handle, Assert.Single(answered.Completions).Handle);
        }

        Assert.IsType<TrackerOutput.Drained>(history.Outputs.Last());
        Assert.Equal(TrackerPhase.Stopped, history.State.Phase);
    }

    [Property]
    public void Invariant_17_drained_is_said_last_when_nothing_is_open_with_the_number_that_was_cut(Script script)
    {
        var cut = 0L;
        foreach (var moment in History.Ended(script).Moments)
        {
            cut += moment.Completions.Count(c => c.Completion is Completion.Shutdown);
            if (moment.Outputs.OfType<TrackerOutput.Drained>().ToList() is not [var drained])
            {
                Assert.False(moment.After.Phase == TrackerPhase.Stopped && moment.Before.Phase != TrackerPhase.Stopped);
                continue;
            }

            Assert.Equal(drained, moment.Outputs[^1]);
            Assert.Equal((cut, 0, TrackerPhase.Stopped), (drained.Cut, moment.After.Outstanding, moment.After.Phase));
            Assert.True(moment.After.StopDeadline.IsNone);
            cut = 0;
        }
    }

    [Property]
    public void Invariant_17_a_stop_with_a_limit_ends_at_that_limit_and_cuts_what_is_not_due_by_then(Script script, ushort millis)
    {
        var history = History.Of(script);
        var (now, limit) = (history.Now, TimeSpan.FromMilliseconds(millis));
        var before = history.State.StopDeadline.IfNone(now + limit);
        history.Step(new TrackerInput.Stop(limit) { At = now });
        var due = history.State.Entries.Values.ToDictionary(e => e.Handle, e => e.Deadline);
        history.PassUntilNothingIsOpen();

        var end = new[] { before, now + limit }.Min() is var first && first > now ? first : now;
        Assert.True(history.Now <= end);
        var completed = history.Completions.Where(c => due.ContainsKey(c.Handle)).ToList();
        Assert.Equal(due.Count, completed.Count);
        Assert.All(completed, c => Assert.Equal(due[c.Handle] > end, c.Completion is Completion.Shutdown));
    }

    [Property]
    public void Invariant_17_a_stop_without_a_limit_cuts_nothing(Script script)
    {
        var patient = script with { Moves = script.Moves.Select(m => m is Move.Stop s ? s with { Limit = null } : m).ToList() };
        Assert.DoesNotContain(History.Ended(patient).Completions, c => c.Completion is Completion.Shutdown);
    }

    [Property]
    public void Invariant_17_a_second_stop_can_only_bring_the_end_nearer(Script script, TimeSpan? limit)
    {
        var state = History.Of(script).State;
        if (state.Phase != TrackerPhase.Draining)
            return;
        var after = Moment.Of(state, new TrackerInput.Stop(Optional(limit)) { At = Instant.Zero }).After;
        var wanted = Optional(limit).Map(l => Instant.Zero + (l < TimeSpan.Zero ? TimeSpan.Zero : l));
        Assert.Equal(state.StopDeadline.Concat(wanted).OrderBy(i => i).Take(1), after.StopDeadline.ToList());
        Assert.Equal(after, Moment.Of(after, new TrackerInput.Stop(None) { At = Instant.Zero }).After);
    }

    [Property]
    public void A_stopped_tracker_starts_again_with_new_handles_and_keeps_its_count(Script script)
    {
        var history = History.Ended(script);
        var tally = history.State.Tally;
        history.Step(new TrackerInput.Stop(None) { At = history.Now });
        history.Step(new TrackerInput.Start { At = history.Now });
        Assert.Equal((TrackerPhase.Running, tally), (history.State.Phase, history.State.Tally));

        var known = history.Admitted.Select(h => h.Number).ToHashSet();
        history.Step(new TrackerInput.Register(TrackerWords.Id(0), TrackerWords.Tick, Route.ToCaller, Option<Token>.None) { At = history.Now });
        Assert.DoesNotContain(Assert.Single(history.State.Entries.Values).Handle.Number, known);
    }
}
