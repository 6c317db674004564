using Acomm.Domain;
using LanguageExt;

namespace Acomm.Effects;

/// <summary>A request that was begun. It ends once: by its answer, its timeout, a refusal, or by being removed.</summary>
public sealed class PendingCall
{
    private readonly Caller caller;
    private readonly Handle handle;
    private readonly Address to;
    private readonly Task<Completion> completion;
    private Task<Either<AcommError, Reply<RawJson>>>? answer;

    internal PendingCall(Caller caller, Handle handle, Address to, Task<Completion> completion) =>
        (this.caller, this.handle, this.to, this.completion) = (caller, handle, to, completion);

    /// <summary>The id of the request.</summary>
    public RequestId Id => handle.Id;

    /// <summary>The answer, or the error that stands for it; it never throws.</summary>
    public Task<Either<AcommError, Reply<RawJson>>> Answer => LazyInitializer.EnsureInitialized(ref answer, AnswerAsync);

    /// <summary>
    /// Gives the request up: its answer is <see cref="AcommError.Cancelled"/>, unless it has one. Another request that
    /// has the same id by now is not touched. A receiver that is one of our own peers is told, if a connection to it is
    /// open. (Go: RemoveRequest.)
    /// </summary>
    public void Remove() => caller.Cancel(handle, to);

    /// <summary>
    /// Runs one of two handlers, once, when the request ends. What a handler throws comes out of the task, and harms
    /// nothing else. (Go: SuccessHandler and ErrorHandler.)
    /// </summary>
    public async Task HandleAsync(Func<Reply<RawJson>, Task> onSuccess, Func<AcommError, Task> onError)
    {
        var ended = await Answer.ConfigureAwait(false);
        await ended.Match(Right: onSuccess, Left: onError).ConfigureAwait(false);
    }

    /// <summary>The answer with its result read; <see cref="AcommError.ResultMismatch"/> if it does not fit.</summary>
    internal async Task<Either<AcommError, Reply<T>>> AnswerAsync<T>(TaskName task, PayloadCodec payloads) =>
        caller.Read<T>(Id, await completion.ConfigureAwait(false), task, payloads);

    private async Task<Either<AcommError, Reply<RawJson>>> AnswerAsync() => caller.Read(Id, await completion.ConfigureAwait(false));
}
