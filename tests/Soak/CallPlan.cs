using Acomm.Domain;
using Acomm.Effects;

namespace Acomm.Soak;

/// <summary>A call to be made, and what may come of it.</summary>
/// <param name="Kind">What it is counted as.</param>
/// <param name="To">Whom it is for.</param>
/// <param name="Task">The task.</param>
/// <param name="Args">Its args.</param>
internal sealed record CallPlan(string Kind, Address To, TaskName Task, RawJson Args)
{
    public CallOptions Options { get; init; } = CallOptions.None;

    /// <summary>Whether it is given up before its timeout.</summary>
    public bool IsCancelled { get; init; }

    /// <summary>Whether the task may answer with an error.</summary>
    public bool MayFail { get; init; }

    /// <summary>What is wrong with an answer, if anything is.</summary>
    public required Func<Reply<RawJson>, Task<string?>> WrongAsync { get; init; }

    /// <summary>Whether the error is one that no fault of a worker explains.</summary>
    public bool IsWrong(AcommError error) => error is AcommError.TaskFailed && !MayFail;
}
