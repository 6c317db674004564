using Acomm.Domain;
using LanguageExt;

namespace Acomm.Effects;

/// <summary>A request that was begun. It ends once: by its answer, its timeout, a refusal, or by being removed.</summary>
public sealed class PendingCall
{
    private readonly Action remove;

    internal PendingCall(RequestId id, Task<Either<AcommError, Reply<RawJson>>> answer, Action remove) =>
        (Id, Answer, this.remove) = (id, answer, remove);

    /// <summary>The id of the request.</summary>
    public RequestId Id { get; }

    /// <summary>The answer, or the error that stands for it; it never throws.</summary>
    public Task<Either<AcommError, Reply<RawJson>>> Answer { get; }

    /// <summary>
    /// Gives the request up: its answer is <see cref="AcommError.Cancelled"/>, unless it has one. Another request that
    /// has the same id by now is not touched. (Go: RemoveRequest.)
    /// </summary>
    public void Remove() => remove();

    /// <summary>
    /// Runs one of two handlers, once, when the request ends. What a handler throws comes out of the task, and harms
    /// nothing else. (Go: SuccessHandler and ErrorHandler.)
    /// </summary>
    public async Task HandleAsync(Func<Reply<RawJson>, Task> onSuccess, Func<AcommError, Task> onError)
    {
        var answer = await Answer.ConfigureAwait(false);
        await answer.Match(Right: onSuccess, Left: onError).ConfigureAwait(false);
    }
}
