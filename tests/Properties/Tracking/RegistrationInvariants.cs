using Acomm.Domain;
using Acomm.Properties.Generators;
using FsCheck.Xunit;
using LanguageExt;
using Xunit;

namespace Acomm.Properties.Tracking;

/// <summary>Invariants 2, 5, 6, 8 and 19: how a registration begins, and what touches it.</summary>
[Props(typeof(TrackerScripts), 300)]
public class RegistrationInvariants
{
    [Property]
    public void Invariant_02_a_refused_registration_is_inert_but_for_the_count(Script script)
    {
        foreach (var moment in History.Of(script).Moments)
        {
            if (!moment.Outputs.OfType<TrackerOutput.Refused>().Any())
                continue;
            Assert.Single(moment.Outputs);
            var before = Observed.Of(moment.Before);
            Assert.Equal(before with { Tally = before.Tally with { Refused = before.Tally.Refused + 1 } }, Observed.Of(moment.After));
        }
    }

    [Property]
    public void Invariant_02_an_input_that_says_nothing_and_starts_or_stops_nothing_changes_nothing(Script script)
    {
        foreach (var moment in History.Of(script).Moments)
        {
            if (moment.Outputs.Count == 0 && moment.Input is not (TrackerInput.Start or TrackerInput.Stop))
                Assert.Equal(moment.Before, moment.After);
            if (moment.Outputs is [TrackerOutput.Dropped])
                Assert.Equal(Observed.Of(moment.Before), Observed.Of(moment.After) with { Tally = moment.Before.Tally });
        }
    }

    [Property]
    public void Invariant_05_an_operation_through_a_handle_changes_only_its_entry(Script script)
    {
        foreach (var moment in History.Of(script).Moments)
        {
            Handle? named = moment.Input switch
            {
                TrackerInput.Cancel cancel => cancel.Handle,
                TrackerInput.SendFailed failed => failed.Handle,
                _ => null,
            };
            if (named is not { } handle)
                continue;
            Assert.All(moment.Completions, c => Assert.Equal(handle, c.Handle));
            Assert.Equal(
                moment.Before.Entries.Values.Where(e => e.Handle != handle).OrderBy(e => e.Handle.Number),
                moment.After.Entries.Values.OrderBy(e => e.Handle.Number).Where(e => e.Handle != handle));
        }
    }

    [Property]
    public void Invariant_05_what_was_never_admitted_under_an_id_cannot_touch_the_entry_that_holds_it(Script script, long number)
    {
        var history = History.Of(script);
        foreach (var entry in history.State.Entries.Values.ToList())
        {
            var stranger = new Handle(entry.Handle.Id, number == entry.Handle.Number ? number + 1 : number);
            foreach (var forged in new[] { stranger, new Handle(TrackerWords.Id(0), entry.Handle.Number), new Handle(TrackerWords.Id(1), entry.Handle.Number) })
            {
                if (forged == entry.Handle)
                    continue;
                var before = history.State;
                Assert.Empty(history.Step(new TrackerInput.Cancel(forged) { At = history.Now }).Outputs);
                Assert.Empty(history.Step(new TrackerInput.SendFailed(forged, TrackerWords.ErrorOf(Delivery.NotSent)) { At = history.Now }).Outputs);
                Assert.Equal(before, history.State);
            }
        }
    }

    [Property]
    public void Invariant_06_no_two_open_entries_share_an_id_or_a_number(Script script)
    {
        foreach (var state in History.Of(script).Moments.Select(m => m.After))
        {
            Assert.All(state.Entries, pair => Assert.Equal(pair.Key, pair.Value.Handle.Id));
            Assert.Distinct(state.Entries.Values.Select(e => e.Handle.Number));
        }
    }

    [Property]
    public void Invariant_06_the_next_entry_of_a_used_id_inherits_no_timer(Script script)
    {
        var asked = new Dictionary<Handle, TrackerInput.Register>();
        foreach (var moment in History.Ended(script).Moments)
        {
            foreach (var admitted in moment.Outputs.OfType<TrackerOutput.Admitted>())
                asked.Add(admitted.Handle, (TrackerInput.Register)moment.Input);
            foreach (var (handle, completion) in moment.Completions)
            {
                if (completion is not Completion.TimedOut { Timeout: var timeout })
                    continue;
                Assert.Equal(moment.Before.Entries[handle.Id].Handle, handle);
                Assert.Equal(asked[handle].Timeout, timeout);
                Assert.True(moment.Input.At >= asked[handle].At + timeout);
            }
        }
    }

    [Property]
    public void Invariant_06_the_next_entry_of_a_used_id_inherits_no_response(Script script)
    {
        var history = History.Of(script);
        if (history.State.Phase != TrackerPhase.Running)
            return;
        history.PassUntilNothingIsOpen();
        foreach (var id in Enumerable.Range(0, TrackerWords.Ids).Select(TrackerWords.Id))
        {
            var again = history.Step(new TrackerInput.Register(id, TrackerWords.Tick, Route.ToCaller, Option<Token>.None) { At = history.Now });
            Assert.IsType<TrackerOutput.Admitted>(Assert.Single(again.Outputs));
            var response = new TrackerInput.Respond(Response.Success(id, RawJson.Null), Origin.OwnSocket) { At = history.Now };
            Assert.IsType<TrackerOutput.Deliver>(Assert.Single(history.Step(response).Outputs));
            Assert.Equal(new TrackerOutput.Dropped(id, DropReason.Duplicate), Assert.Single(history.Step(response).Outputs));
        }
    }

    [Property]
    public void Invariant_08_an_entry_is_complete_at_the_step_that_admits_it_and_before_anything_is_sent(Script script)
    {
        foreach (var moment in History.Of(script).Moments)
        {
            foreach (var admitted in moment.Outputs.OfType<TrackerOutput.Admitted>())
            {
                var asked = Assert.IsType<TrackerInput.Register>(moment.Input);
                var entry = moment.After.Entries[asked.Id];
                Assert.Equal((admitted.Handle, asked.Route, asked.Token, asked.Timeout), (entry.Handle, entry.Route, entry.Token, entry.Timeout));
                Assert.Equal(moment.Before.Outstanding + 1, moment.After.Outstanding);
                Assert.Single(moment.Outputs);
            }
        }
    }

    [Property]
    public void Invariant_19_no_more_are_open_than_the_limit_and_only_a_full_tracker_says_so(Script script)
    {
        foreach (var moment in History.Of(script).Moments)
        {
            Assert.InRange(moment.After.Outstanding, 0, script.Outstanding);
            Assert.InRange(moment.After.RememberedIds, 0, 2 * script.RememberedIds);
            foreach (var full in moment.Outputs.OfType<TrackerOutput.Refused>().Select(r => r.Error).OfType<AcommError.TrackerFull>())
                Assert.Equal((script.Outstanding, script.Outstanding), (full.Limit, moment.Before.Outstanding));
        }
    }
}
