using Acomm.Domain;
using Acomm.Properties.Generators;
using FsCheck.Xunit;
using Xunit;

namespace Acomm.Properties.Tracking;

/// <summary>Invariants 1, 7, 9, 13 and 14: how a registration ends.</summary>
[Props(typeof(TrackerScripts), 300)]
public class CompletionInvariants
{
    [Property]
    public void Invariant_01_every_registration_is_completed_at_most_once_and_exactly_once_when_time_has_run_out(Script script)
    {
        var history = History.Of(script);
        Assert.Distinct(history.Completions.Select(c => c.Handle));

        history.PassUntilNothingIsOpen();
        Assert.Equal(history.Admitted.OrderBy(h => h.Number), history.Completions.Select(c => c.Handle).OrderBy(h => h.Number));
    }

    [Property]
    public void Invariant_01_every_registration_is_completed_exactly_once_after_a_stop_without_patience(Script script)
    {
        var history = History.Of(script);
        history.Step(new TrackerInput.Stop(TimeSpan.Zero) { At = history.Now });
        for (var open = history.State.Outstanding; open > 0; open--)
            history.Step(new TrackerInput.TimePassed { At = history.Now });
        Assert.Equal(history.Admitted.OrderBy(h => h.Number), history.Completions.Select(c => c.Handle).OrderBy(h => h.Number));
        Assert.Equal(TrackerPhase.Stopped, history.State.Phase);
    }

    [Property]
    public void Invariant_07_a_completed_registration_is_never_open_or_spoken_of_again(Script script)
    {
        var completed = new HashSet<Handle>();
        foreach (var moment in History.Ended(script).Moments)
        {
            Assert.DoesNotContain(moment.Outputs.OfType<TrackerOutput.Admitted>(), a => completed.Contains(a.Handle));
            completed.UnionWith(moment.Completions.Select(c => c.Handle));
            Assert.DoesNotContain(moment.After.Entries.Values, e => completed.Contains(e.Handle));
        }
    }

    [Property]
    public void Invariant_09_a_response_that_is_accepted_while_its_request_is_open_completes_it(Script script)
    {
        foreach (var moment in History.Of(script).Moments)
        {
            if (moment.Input is not TrackerInput.Respond respond)
                continue;
            var open = moment.Before.Entries.Find(respond.Response.Id);
            var accepted = open.Filter(e => respond.Origin is not Origin.External { Token: var shown } || (shown.IsSome && shown == e.Token));
            Assert.Equal(
                accepted.Map(e => (e.Handle, (Completion)new Completion.Answered(respond.Response, respond.Origin))).ToList(),
                moment.Completions);
        }
    }

    [Property]
    public void Invariant_13_a_delivered_payload_is_that_of_the_response_that_came_byte_for_byte(Script script)
    {
        foreach (var moment in History.Of(script).Moments)
        {
            foreach (var (handle, completion) in moment.Completions)
            {
                if (completion is not Completion.Answered answered)
                    continue;
                var came = Assert.IsType<TrackerInput.Respond>(moment.Input).Response;
                Assert.Equal(handle.Id, answered.Response.Id);
                Assert.Equal(came, answered.Response);
                Assert.Equal(came, moment.Outputs.OfType<TrackerOutput.Forward>().Select(f => f.Response).FirstOrDefault(came));
            }
        }
    }

    [Property]
    public void Invariant_13_what_is_forwarded_carries_the_id_and_goes_to_the_hook_of_its_registration(Script script)
    {
        foreach (var moment in History.Ended(script).Moments)
        {
            foreach (var forward in moment.Outputs.OfType<TrackerOutput.Forward>())
            {
                var entry = moment.Before.Entries[forward.Handle.Id];
                Assert.Equal(entry.Route, forward.Route);
                Assert.Equal(entry.Deadline, forward.Deadline);
                Assert.Equal(entry.Handle.Id, forward.Response.Id);
                Assert.Equal(
                    forward.Completion.ToEither(entry.Handle.Id).Match(Right: r => r.Outcome, Left: e => new Outcome.Failure(e.ToString())),
                    forward.Response.Outcome);
            }

            Assert.All(moment.Outputs.OfType<TrackerOutput.Deliver>(), d => Assert.IsType<Route.Local>(moment.Before.Entries[d.Handle.Id].Route));
        }
    }

    [Property]
    public void Invariant_14_an_entry_is_gone_before_its_handler_runs_so_that_its_id_is_free(Script script)
    {
        foreach (var moment in History.Of(script).Moments)
        {
            foreach (var (handle, _) in moment.Completions)
            {
                Assert.False(moment.After.Entries.ContainsKey(handle.Id));
                var again = Moment.Of(
                    moment.After,
                    new TrackerInput.Register(handle.Id, TrackerWords.Tick, Route.ToCaller, default) { At = moment.Input.At });
                Assert.Equal(moment.After.Phase == TrackerPhase.Running, again.Outputs is [TrackerOutput.Admitted]);
            }
        }
    }

    [Property]
    public void Invariant_18_only_a_send_that_certainly_failed_completes_its_registration(Script script)
    {
        foreach (var moment in History.Of(script).Moments)
        {
            if (moment.Input is not TrackerInput.SendFailed failed)
                continue;
            var certain = failed.Error.Delivery is Delivery.NotSent or Delivery.Refused;
            var open = moment.Before.Entries.Find(failed.Handle.Id).Exists(e => e.Handle == failed.Handle);
            if (certain && open)
                Assert.Equal([(failed.Handle, new Completion.Rejected(failed.Error))], moment.Completions);
            else
                Assert.Equal(moment.Before, moment.After);
        }
    }
}
