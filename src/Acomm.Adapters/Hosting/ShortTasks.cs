using Acomm.Effects;

namespace Acomm.Adapters;

/// <summary>
/// Tasks as short lambdas. All else is as of
/// <see cref="AcommBuilder.AddTask{TArgs, TResult}(string, Func{TArgs, CallContext, CancellationToken, Task{Answer{TResult}}}, int?)"/>.
/// </summary>
public static class ShortTasks
{
    /// <summary>Serves a task that gives its result at once.</summary>
    public static AcommBuilder AddTask<TArgs, TResult>(this AcommBuilder acomm, string task, Func<TArgs, TResult> handler, int? concurrency = null) =>
        acomm.AddTask<TArgs, TResult>(task, (args, _, _) => Task.FromResult<Answer<TResult>>(handler(args)), concurrency);

    /// <summary>Serves a task that gives its answer at once: a result, <c>Answer.Fail</c>, or <see cref="Answer.WithStream"/>.</summary>
    public static AcommBuilder AddTask<TArgs, TResult>(this AcommBuilder acomm, string task, Func<TArgs, Answer<TResult>> handler, int? concurrency = null) =>
        acomm.AddTask<TArgs, TResult>(task, (args, _, _) => Task.FromResult(handler(args)), concurrency);

    /// <summary>Serves a task that gives its result later.</summary>
    public static AcommBuilder AddTask<TArgs, TResult>(this AcommBuilder acomm, string task, Func<TArgs, Task<TResult>> handler, int? concurrency = null) =>
        acomm.AddTask<TArgs, TResult>(task, async (args, _, _) => await handler(args).ConfigureAwait(false), concurrency);

    /// <summary>Serves a task that gives its answer later.</summary>
    public static AcommBuilder AddTask<TArgs, TResult>(this AcommBuilder acomm, string task, Func<TArgs, Task<Answer<TResult>>> handler, int? concurrency = null) =>
        acomm.AddTask<TArgs, TResult>(task, (args, _, _) => handler(args), concurrency);

    /// <summary>Serves a task that knows its call and gives its result at once.</summary>
    public static AcommBuilder AddTask<TArgs, TResult>(
        this AcommBuilder acomm, string task, Func<TArgs, CallContext, CancellationToken, TResult> handler, int? concurrency = null) =>
        acomm.AddTask<TArgs, TResult>(task, (args, call, cancel) => Task.FromResult<Answer<TResult>>(handler(args, call, cancel)), concurrency);

    /// <summary>Serves a task that knows its call and gives its answer at once.</summary>
    public static AcommBuilder AddTask<TArgs, TResult>(
        this AcommBuilder acomm, string task, Func<TArgs, CallContext, CancellationToken, Answer<TResult>> handler, int? concurrency = null) =>
        acomm.AddTask<TArgs, TResult>(task, (args, call, cancel) => Task.FromResult(handler(args, call, cancel)), concurrency);

    /// <summary>Serves a task that knows its call and gives its result later.</summary>
    public static AcommBuilder AddTask<TArgs, TResult>(
        this AcommBuilder acomm, string task, Func<TArgs, CallContext, CancellationToken, Task<TResult>> handler, int? concurrency = null) =>
        acomm.AddTask<TArgs, TResult>(task, async (args, call, cancel) => (Answer<TResult>)await handler(args, call, cancel).ConfigureAwait(false), concurrency);

    /// <summary>Serves a task that gives its result later, and is told when nobody waits for it any more.</summary>
    public static AcommBuilder AddTask<TArgs, TResult>(
        this AcommBuilder acomm, string task, Func<TArgs, CancellationToken, Task<TResult>> handler, int? concurrency = null) =>
        acomm.AddTask<TArgs, TResult>(task, async (args, _, cancel) => await handler(args, cancel).ConfigureAwait(false), concurrency);

    /// <summary>Serves a task that gives its answer later, and is told when nobody waits for it any more.</summary>
    public static AcommBuilder AddTask<TArgs, TResult>(
        this AcommBuilder acomm, string task, Func<TArgs, CancellationToken, Task<Answer<TResult>>> handler, int? concurrency = null) =>
        acomm.AddTask<TArgs, TResult>(task, (args, _, cancel) => handler(args, cancel), concurrency);
}
