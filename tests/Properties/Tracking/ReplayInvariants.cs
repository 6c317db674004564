using Acomm.Domain;
using Acomm.Properties.Generators;
using FsCheck.Xunit;
using Xunit;

namespace Acomm.Properties.Tracking;

/// <summary>Invariant 23 as far as the pure core goes: a history is its inputs and nothing else.</summary>
[Props(typeof(TrackerScripts), 300)]
public class ReplayInvariants
{
    [Property]
    public void Invariant_23_the_same_inputs_make_the_same_history_and_an_equal_state_that_prints_the_same(Script script)
    {
        var first = History.Ended(script);
        var second = History.Ended(script);
        Assert.Equal(first.Outputs, second.Outputs);
        Assert.Equal(first.State, second.State);
        Assert.Equal(first.State.ToString(), second.State.ToString());
    }

    [Property]
    public void Invariant_23_no_output_depends_on_what_the_ids_are(Script script, Guid salt)
    {
        var history = History.Ended(script);
        var state = TrackerState.Create(script.Limits);
        foreach (var moment in history.Moments)
        {
            var other = Moment.Of(state, Renamed(moment.Input, salt));
            Assert.Equal(moment.Outputs.Select(o => (o.GetType(), NumberOf(o))), other.Outputs.Select(o => (o.GetType(), NumberOf(o))));
            state = other.After;
        }

        Assert.Equal(history.State.Tally, state.Tally);
    }

    [Property]
    public void A_state_that_is_stepped_is_itself_unchanged(Script script)
    {
        foreach (var moment in History.Ended(script).Moments)
            Assert.Equal(moment.Outputs, Moment.Of(moment.Before, moment.Input).Outputs);
    }

    private static long NumberOf(TrackerOutput output) => output switch
    {
        TrackerOutput.Admitted admitted => admitted.Handle.Number,
        TrackerOutput.Deliver deliver => deliver.Handle.Number,
        TrackerOutput.Forward forward => forward.Handle.Number,
        TrackerOutput.Dropped dropped => (long)dropped.Reason,
        TrackerOutput.Drained drained => drained.Cut,
        _ => -1,
    };

    private static TrackerInput Renamed(TrackerInput input, Guid salt) => input switch
    {
        TrackerInput.Register register => register with { Id = Renamed(register.Id, salt) },
        TrackerInput.Respond respond => respond with { Response = respond.Response with { Id = Renamed(respond.Response.Id, salt) } },
        TrackerInput.SendFailed failed => failed with { Handle = failed.Handle with { Id = Renamed(failed.Handle.Id, salt) } },
        TrackerInput.Cancel cancel => cancel with { Handle = cancel.Handle with { Id = Renamed(cancel.Handle.Id, salt) } },
        _ => input,
    };

    private static RequestId Renamed(RequestId id, Guid salt) => TrackerWords.Parsed(RequestId.Parse($"{salt}{id.Value}"));
}
