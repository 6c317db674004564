using LanguageExt;

namespace Acomm.Domain;

/// <summary>The requests of a task that this node serves.</summary>
/// <param name="Task">The task.</param>
/// <param name="Running">Those in its handler.</param>
/// <param name="Waiting">Those that wait for it.</param>
/// <param name="Limit">So many may be in its handler.</param>
public sealed record TaskHandlers(TaskName Task, int Running, int Waiting, int Limit);

/// <summary>The requests that are in handlers and that wait for them.</summary>
/// <param name="Running">Those in handlers.</param>
/// <param name="Waiting">Those that wait.</param>
/// <param name="WaitingBytes">Bytes of those that wait.</param>
/// <param name="Tasks">Each task that is served, by name.</param>
public sealed record HandlerStatus(int Running, int Waiting, long WaitingBytes, Seq<TaskHandlers> Tasks)
{
    /// <summary>What there is of the tasks that are served.</summary>
    public static HandlerStatus Of(AdmissionState state, IEnumerable<TaskName> served) => new(
        state.Running,
        state.Waiting,
        state.WaitingBytes,
        served
            .OrderBy(task => task.Value, StringComparer.Ordinal)
            .Select(task => new TaskHandlers(task, state.RunningOf(task), state.WaitingOf(task), state.LimitOf(task)))
            .ToSeq().Strict());
}
