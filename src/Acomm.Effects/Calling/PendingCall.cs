using Acomm.Domain;
using LanguageExt;

namespace Acomm.Effects;

/// <summary>A request that was begun. It ends once: by its answer, its timeout, a refusal, or by being removed.</summary>
public abstract class PendingCall
{
    private Task<Either<AcommError, Reply<RawJson>>>? answer;

    private protected PendingCall() { }

    /// <summary>The id of the request.</summary>
    public abstract RequestId Id { get; }

    /// <summary>The answer, or the error that stands for it; it never throws.</summary>
    public Task<Either<AcommError, Reply<RawJson>>> Answer => LazyInitializer.EnsureInitialized(ref answer, AnswerAsync);

    /// <summary>Where in a trace its answer was made; none before the answer, and if the peer did not say.</summary>
    public abstract Option<TraceContext> AnswerTrace { get; }

    /// <summary>A call that an interceptor makes by itself.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="answer">Its answer.</param>
    /// <param name="remove">Gives it up.</param>
    public static PendingCall Of(RequestId id, Task<Either<AcommError, Reply<RawJson>>> answer, Action? remove = null) =>
        new DerivedCall(id, answer, remove ?? (static () => { }), static () => Option<TraceContext>.None);

    /// <summary>
    /// Gives the request up: its answer is <see cref="AcommError.Cancelled"/>, unless it has one. Another request that
    /// has the same id by now is not touched. A receiver that is one of our own peers is told, if a connection to it is
    /// open. (Go: RemoveRequest.)
    /// </summary>
    public abstract void Remove();

    /// <summary>The same call with something done to its answer when it is there; for interceptors.</summary>
    public PendingCall ThenAsync(Func<Either<AcommError, Reply<RawJson>>, Task<Either<AcommError, Reply<RawJson>>>> change)
    {
        return new DerivedCall(Id, ChangedAsync(), Remove, () => AnswerTrace);

        async Task<Either<AcommError, Reply<RawJson>>> ChangedAsync() => await change(await Answer.ConfigureAwait(false)).ConfigureAwait(false);
    }

    /// <summary>The same call with something done to its answer when it is there; for interceptors.</summary>
    public PendingCall Then(Func<Either<AcommError, Reply<RawJson>>, Either<AcommError, Reply<RawJson>>> change) => ThenAsync(ended => Task.FromResult(change(ended)));

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
    internal abstract Task<Either<AcommError, Reply<T>>> AnswerAsync<T>(TaskName task, PayloadCodec payloads);

    /// <summary>The same call, its answer an error where it would throw.</summary>
    internal PendingCall Guarded(Func<Exception, AcommError> failed)
    {
        return new DerivedCall(Id, GuardedAsync(), Remove, () => AnswerTrace);

        async Task<Either<AcommError, Reply<RawJson>>> GuardedAsync()
        {
            try
            {
                return await Answer.ConfigureAwait(false);
            }
            catch (Exception e)
            {
                return failed(e);
            }
        }
    }

    private protected abstract Task<Either<AcommError, Reply<RawJson>>> AnswerAsync();
}
