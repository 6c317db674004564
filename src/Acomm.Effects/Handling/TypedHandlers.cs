using Acomm.Domain;
using LanguageExt;

namespace Acomm.Effects;

/// <summary>Handlers of the user's types as handlers of raw JSON.</summary>
public static class TypedHandlers
{
    /// <summary>Reads the args, runs the handler, writes the result; what does not fit is answered as an error.</summary>
    public static TaskHandler Of<TArgs, TResult>(PayloadCodec payloads, Func<TArgs, CallContext, CancellationToken, Task<Answer<TResult>>> handler) =>
        (call, cancel) => HandleAsync(payloads, handler, call, cancel);

    /// <summary>A handler that was made for this request, or for all.</summary>
    public static Task<Answer<RawJson>> HandleAsync(ITaskHandler handler, PayloadCodec payloads, CallContext call, CancellationToken cancel) =>
        handler.HandleAsync(payloads, call, cancel);

    internal static async Task<Answer<RawJson>> HandleAsync<TArgs, TResult>(
        PayloadCodec payloads, Func<TArgs, CallContext, CancellationToken, Task<Answer<TResult>>> handler, CallContext call, CancellationToken cancel)
    {
        var args = payloads.Read<TArgs>(call.Request.Args);
        if (args.IsLeft)
        {
            var (path, reason) = ((string Path, string Reason))args;
            return Answer.Fail(new AcommError.ArgsMismatch(call.Task, call.Id, path, reason).ToString());
        }

        var answer = await handler((TArgs)args, call, cancel).ConfigureAwait(false);
        return new Answer<RawJson>(Written(payloads, answer.Outcome), answer.Stream) { Trace = answer.Trace };
    }

    private static Either<string, RawJson> Written<T>(PayloadCodec payloads, Either<string, T> outcome)
    {
        if (outcome.IsLeft)
            return (string)outcome;
        var written = payloads.Write((T)outcome);
        return written.IsLeft ? ((AcommError)written).ToString() : (RawJson)written;
    }
}
