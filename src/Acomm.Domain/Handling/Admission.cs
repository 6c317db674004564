using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Domain;

/// <summary>
/// Which requests may be handled now, as one pure, total function. Its rules:
/// no task has more requests in its handler than its limit, and all tasks together no more than theirs;
/// nobody waits while there is a place that he may have;
/// within a task the first come is the first served, and between tasks that wait the places go round;
/// what may neither run nor wait is refused at once, and changes nothing.
/// </summary>
public static class Admission
{
    /// <summary>What an input changes, and what becomes of whom by it.</summary>
    public static (AdmissionState State, Option<AdmissionOutput> Output) Step(AdmissionState state, AdmissionInput input) => input switch
    {
        AdmissionInput.Arrive arrive => Arrive(state, arrive.Task, arrive.Ticket, arrive.Bytes),
        AdmissionInput.Finish finish => Finish(state, finish.Task),
        AdmissionInput.Withdraw withdraw => (Withdraw(state, withdraw.Task, withdraw.Ticket), None),
        _ => (state, None),
    };

    /// <summary><see cref="AdmissionInput.Arrive"/>.</summary>
    public static (AdmissionState State, AdmissionOutput Output) Arrive(AdmissionState state, TaskName task, long ticket, int bytes)
    {
        var lane = state.Lane(task);
        if (state.HasPlaceFor(task, lane))
            return (state.With(task, lane with { Running = lane.Running + 1 }), new AdmissionOutput.Run(ticket));
        if (lane.Waiting.Count >= state.Limits.HandlersWaitingPerTask)
            return (state, new AdmissionOutput.Refused(ticket, new AcommError.TaskOverloaded(task, state.Limits.HandlersWaitingPerTask)));
        if (state.WaitingBytes + bytes > state.Limits.HandlersWaitingBytes)
            return (state, new AdmissionOutput.Refused(ticket, new AcommError.NodeOverloaded(state.Limits.HandlersWaitingBytes)));
        return (state.With(task, lane.Add(new Waiter(ticket, bytes))), new AdmissionOutput.Wait(ticket));
    }

    /// <summary><see cref="AdmissionInput.Finish"/>.</summary>
    public static (AdmissionState State, Option<AdmissionOutput> Output) Finish(AdmissionState state, TaskName task)
    {
        var lane = state.Lane(task);
        if (lane.Running == 0)
            return (state, None);
        var freed = state.With(task, lane with { Running = lane.Running - 1 });
        return freed.Next is { IsSome: true } next ? Start(freed, (TaskName)next) : (freed, None);
    }

    /// <summary><see cref="AdmissionInput.Withdraw"/>.</summary>
    public static AdmissionState Withdraw(AdmissionState state, TaskName task, long ticket) =>
        state.With(task, state.Lane(task).Without(ticket));

    private static (AdmissionState, Option<AdmissionOutput>) Start(AdmissionState state, TaskName task)
    {
        var (others, first) = state.Lane(task).TakeFirst();
        var started = state.With(task, others with { Running = others.Running + 1 });
        return (started.AfterTurnOf(task), new AdmissionOutput.Run(first.Ticket));
    }
}
