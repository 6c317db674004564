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
    /// <summary>What an input changes, and what is to be done about it.</summary>
    public static (AdmissionState State, Seq<AdmissionOutput> Outputs) Step(AdmissionState state, AdmissionInput input) => input switch
    {
        AdmissionInput.Arrive arrive => Arrive(state, arrive),
        AdmissionInput.Finish finish => Finish(state, finish.Task),
        AdmissionInput.Withdraw withdraw => (Withdraw(state, withdraw), Empty),
        _ => (state, Empty),
    };

    private static readonly Seq<AdmissionOutput> Empty = Seq<AdmissionOutput>();

    private static (AdmissionState, Seq<AdmissionOutput>) Arrive(AdmissionState state, AdmissionInput.Arrive input)
    {
        var lane = state.Lane(input.Task);
        if (state.HasPlaceFor(input.Task, lane))
            return (state.With(input.Task, lane with { Running = lane.Running + 1 }), Seq1<AdmissionOutput>(new AdmissionOutput.Run(input.Ticket)));
        if (lane.Waiting.Count >= state.Limits.HandlersWaitingPerTask)
            return Refuse(state, input, new AcommError.TaskOverloaded(input.Task, state.Limits.HandlersWaitingPerTask));
        if (state.WaitingBytes + input.Bytes > state.Limits.HandlersWaitingBytes)
            return Refuse(state, input, new AcommError.NodeOverloaded(state.Limits.HandlersWaitingBytes));
        var queued = (lane.Waiting.IsEmpty ? lane with { Turn = state.NextTurn } : lane).Add(new Waiter(input.Ticket, input.Bytes));
        return (state.With(input.Task, queued) with { NextTurn = state.NextTurn + 1 }, Seq1<AdmissionOutput>(new AdmissionOutput.Wait(input.Ticket)));
    }

    private static (AdmissionState, Seq<AdmissionOutput>) Refuse(AdmissionState state, AdmissionInput.Arrive input, AcommError error) =>
        (state, Seq1<AdmissionOutput>(new AdmissionOutput.Refused(input.Ticket, error)));

    private static (AdmissionState, Seq<AdmissionOutput>) Finish(AdmissionState state, TaskName task)
    {
        var lane = state.Lane(task);
        if (lane.Running == 0)
            return (state, Empty);
        var freed = state.With(task, lane with { Running = lane.Running - 1 });
        return freed.Next.Match(Some: next => Start(freed, next.Task, next.Lane), None: () => (freed, Empty));
    }

    private static (AdmissionState, Seq<AdmissionOutput>) Start(AdmissionState state, TaskName task, Lane lane)
    {
        var (others, first) = lane.TakeFirst();
        var started = others with { Running = lane.Running + 1, Turn = state.NextTurn };
        return (state.With(task, started) with { NextTurn = state.NextTurn + 1 }, Seq1<AdmissionOutput>(new AdmissionOutput.Run(first.Ticket)));
    }

    private static AdmissionState Withdraw(AdmissionState state, AdmissionInput.Withdraw input) =>
        state.With(input.Task, state.Lane(input.Task).Without(input.Ticket));
}
