using Acomm.Domain;
using Acomm.Properties.Generators;
using FsCheck.Xunit;
using Xunit;

namespace Acomm.Properties.Tracking;

/// <summary>Invariants 3 and 4: nothing is lost, and nothing is counted twice.</summary>
[Props(typeof(TrackerScripts), 300)]
public class CountingInvariants
{
    [Property]
    public void Invariant_03_registrations_are_completions_and_outstanding_and_deadlines_are_as_many(Script script)
    {
        foreach (var state in History.Ended(script).Moments.Select(m => m.After))
        {
            var t = state.Tally;
            Assert.Equal(t.Registered, t.Answered + t.TimedOut + t.Cancelled + t.Rejected + t.Shutdown + state.Outstanding);
            Assert.Equal(t.Registered, t.Completed + state.Outstanding);
            Assert.Equal(state.Entries.Count, state.Outstanding);
            Assert.Equal(state.Entries.Count, state.ArmedDeadlines);
            Assert.Equal(state.Outstanding > 0, Tracker.NextDeadline(state).IsSome);
        }
    }

    [Property]
    public void Invariant_04_responses_that_came_are_matched_duplicate_late_unknown_or_forbidden(Script script)
    {
        var came = 0;
        foreach (var moment in History.Ended(script).Moments)
        {
            came += moment.Input is TrackerInput.Respond ? 1 : 0;
            var t = moment.After.Tally;
            Assert.Equal(came, t.Answered + t.Duplicate + t.Late + t.Unknown + t.Forbidden);
            Assert.Equal(came, t.Responses);
        }
    }

    [Property]
    public void The_tally_is_what_the_outputs_amount_to(Script script)
    {
        var history = History.Ended(script);
        Assert.Equal(Observed.TallyOf(history.Outputs), history.State.Tally);
        Assert.Equal(history.Inputs.OfType<TrackerInput.Register>().Count(), history.State.Tally.Registered + history.State.Tally.Refused);
    }

    [Property]
    public void A_response_that_found_nobody_is_told_why_under_its_id(Script script)
    {
        foreach (var dropped in History.Of(script).Outputs.OfType<TrackerOutput.Dropped>())
        {
            AcommError expected = dropped.Reason switch
            {
                DropReason.Duplicate => new AcommError.ResponseDuplicate(dropped.Id),
                DropReason.Late => new AcommError.ResponseLate(dropped.Id),
                DropReason.Unknown => new AcommError.ResponseUnknown(dropped.Id),
                _ => new AcommError.ResponseForbidden(dropped.Id),
            };
            Assert.Equal(expected, dropped.Error);
            Assert.Equal(Delivery.NotSent, expected.Delivery);
        }
    }

    [Property]
    public void The_last_completed_ids_up_to_the_limit_are_remembered_with_how_they_ended(Script script)
    {
        var history = History.Of(script);
        var last = history.Completions.Reverse().DistinctBy(c => c.Handle.Id).Take(script.RememberedIds).ToList();
        foreach (var (handle, completion) in last.Where(c => !history.State.Entries.ContainsKey(c.Handle.Id)))
        {
            var response = new TrackerInput.Respond(Response.Success(handle.Id, RawJson.Null), Origin.OwnSocket) { At = history.Now };
            Assert.Equal(
                [new TrackerOutput.Dropped(handle.Id, completion is Completion.Answered ? DropReason.Duplicate : DropReason.Late)],
                Moment.Of(history.State, response).Outputs);
        }
    }
}
