using System.Diagnostics;
using Acomm.Domain;
using LanguageExt;

namespace Acomm.Effects;

/// <summary>Typed calls.</summary>
public static class AcommCalls
{
    /// <summary>
    /// Calls a task and gives its result. Errors: those of sending, the tracker's refusals,
    /// <see cref="AcommError.TimedOut"/>, <see cref="AcommError.TaskFailed"/>, <see cref="AcommError.Cancelled"/> where
    /// <paramref name="cancel"/> was first, and those of an address, name, args or result that do not fit. A stream in the answer is left unread: use <c>RequestAsync</c> for one.
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

    /// <summary>Calls a task and gives its result and stream. Errors as of <c>CallAsync</c>.</summary>
    /// <param name="acomm">The node.</param>
    /// <param name="to">The receiver's address, <c>unix:///path</c> or http(s).</param>
    /// <param name="task">The task.</param>
    /// <param name="args">Its args.</param>
    /// <param name="options">Timeout, stream, id, task URL.</param>
    /// <param name="cancel">Gives the call up.</param>
    public static async Task<Either<AcommError, Reply<TResult>>> RequestAsync<TArgs, TResult>(
        this IAcomm acomm, string to, string task, TArgs args, CallOptions options, CancellationToken cancel = default)
    {
        var target = Target(to, task);
        return await target.MatchAsync(
            RightAsync: t => acomm.RequestAsync<TArgs, TResult>(t.To, t.Task, args, options, cancel),
            LeftAsync: error => RefusedAsync<TResult>(options, error)).ConfigureAwait(false);
    }

    /// <summary>Calls a task and gives its result and stream, the address and the name being known to be right.</summary>
    public static Task<Either<AcommError, Reply<TResult>>> RequestAsync<TArgs, TResult>(
        this IAcomm acomm, Address to, TaskName task, TArgs args, CallOptions options, CancellationToken cancel = default)
    {
        var raw = acomm.Payloads.Write(args);
        if (raw.IsLeft)
            return RefusedAsync<TResult>(options, (AcommError)raw);
        if (cancel.IsCancellationRequested)
            return RefusedAsync<TResult>(options, new AcommError.Cancelled(options.Id ?? default));
        var call = acomm.Begin(to, task, (RawJson)raw, options);
        return cancel.CanBeCanceled ? AnswerAsync<TResult>(call, task, acomm.Payloads, cancel) : call.AnswerAsync<TResult>(task, acomm.Payloads);
    }

    /// <summary>Calls a task with raw JSON. Errors as of the typed calls.</summary>
    public static Task<Either<AcommError, Reply<RawJson>>> CallAsync(
        this IAcomm acomm, Address to, TaskName task, RawJson args, CallOptions options, CancellationToken cancel = default) =>
        acomm.RequestAsync<RawJson, RawJson>(to, task, args, options, cancel);

    private static async Task<Either<AcommError, Reply<T>>> AnswerAsync<T>(PendingCall call, TaskName task, PayloadCodec payloads, CancellationToken cancel)
    {
        using var onCancel = cancel.UnsafeRegister(static pending => ((PendingCall)pending!).Remove(), call);
        return await call.AnswerAsync<T>(task, payloads).ConfigureAwait(false);
    }

    // Both are looked at, so that both are told of at once.
    private static Either<AcommError, (Address To, TaskName Task)> Target(string to, string task) =>
        (Address.Parse(to).Case, TaskName.Parse(task).Case) switch
        {
            (Address address, TaskName name) => (address, name),
            (AcommError badAddress, AcommError.ValueInvalid badTask) => new AcommError.DocumentInvalid(
                "call", Prelude.Seq(new AcommError.ValueInvalid("to", badAddress.Message), badTask)),
            (AcommError badAddress, _) => badAddress,
            (_, AcommError badTask) => badTask,
            _ => throw new UnreachableException(),
        };

    private static async Task<Either<AcommError, Reply<T>>> RefusedAsync<T>(CallOptions options, AcommError error)
    {
        await options.DisposeStreamAsync().ConfigureAwait(false);
        return error;
    }
}
