using Acomm.Domain;
using LanguageExt;

namespace Acomm.Effects;

/// <summary>Typed calls.</summary>
public static class AcommCalls
{
    /// <summary>
    /// Calls a task and gives its result. Errors as of <see cref="IAcomm.CallAsync"/>, and of address, name, args and
    /// result that do not fit. A stream in the answer is left unread: use <see cref="RequestAsync"/> for one.
    /// </summary>
    /// <param name="acomm">The node.</param>
    /// <param name="to">The receiver's address, <c>unix:///path</c> or http(s).</param>
    /// <param name="task">The task.</param>
    /// <param name="args">Its args.</param>
    /// <param name="cancel">Gives the call up.</param>
    public static async Task<Either<AcommError, TResult>> CallAsync<TArgs, TResult>(
        this IAcomm acomm, string to, string task, TArgs args, CancellationToken cancel = default)
    {
        var reply = await acomm.RequestAsync<TArgs, TResult>(to, task, args, CallOptions.None, cancel).ConfigureAwait(false);
        return reply.Map(r => r.Result);
    }

    /// <summary>Calls a task and gives its result and stream. Errors as of <see cref="CallAsync"/>.</summary>
    /// <param name="acomm">The node.</param>
    /// <param name="to">The receiver's address, <c>unix:///path</c> or http(s).</param>
    /// <param name="task">The task.</param>
    /// <param name="args">Its args.</param>
    /// <param name="options">Timeout, stream, id, task URL.</param>
    /// <param name="cancel">Gives the call up.</param>
    public static async Task<Either<AcommError, Reply<TResult>>> RequestAsync<TArgs, TResult>(
        this IAcomm acomm, string to, string task, TArgs args, CallOptions options, CancellationToken cancel = default)
    {
        var ready =
            from address in Address.Parse(to)
            from name in TaskName.Parse(task)
            from raw in acomm.Payloads.Write(args)
            select (address, name, raw);
        var reply = await ready.MatchAsync(
            RightAsync: call => acomm.CallAsync(call.address, call.name, call.raw, options, cancel),
            LeftAsync: error => Refused(options, error)).ConfigureAwait(false);
        return reply.Bind(raw => acomm.Payloads.Read<TResult>(raw.Result)
            .Map(result => new Reply<TResult>(raw.Id, result, raw.Stream))
            .MapLeft(no => (AcommError)new AcommError.ResultMismatch(ready.Map(r => r.name).IfLeft(default(TaskName)), raw.Id, no.Path, no.Reason)));
    }

    private static async Task<Either<AcommError, Reply<RawJson>>> Refused(CallOptions options, AcommError error)
    {
        if (options.Stream is { } source)
            await source.DisposeAsync().ConfigureAwait(false);
        return error;
    }
}
