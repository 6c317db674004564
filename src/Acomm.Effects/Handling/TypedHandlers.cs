using Acomm.Domain;

namespace Acomm.Effects;

/// <summary>Handlers of the user's types as handlers of raw JSON.</summary>
public static class TypedHandlers
{
    /// <summary>Reads the args, runs the handler, writes the result; what does not fit is answered as an error.</summary>
    public static TaskHandler Of<TArgs, TResult>(PayloadCodec payloads, Func<TArgs, CallContext, CancellationToken, Task<Answer<TResult>>> handler) =>
        async (call, cancel) =>
        {
            var args = payloads.Read<TArgs>(call.Request.Args);
            if (args.Case is (string path, string reason))
                return Answer.Fail(new AcommError.ArgsMismatch(call.Task, call.Id, path, reason).ToString());
            var answer = await handler(args.IfLeft(default(TArgs)!), call, cancel).ConfigureAwait(false);
            return new Answer<RawJson>(
                answer.Outcome.Bind(result => payloads.Write(result).MapLeft(error => error.ToString())),
                answer.Stream);
        };
}
