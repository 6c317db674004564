using Acomm.Effects;
using Microsoft.Extensions.DependencyInjection;

namespace Acomm.Adapters;

/// <summary>
/// Tasks as lambdas with injected services, which stand between the args and the <see cref="CallContext"/>. They come from a
/// scope of each request, as those of a handler class; one that was not added fails the start with
/// <see cref="Domain.AcommError.ServiceMissing"/>. Who needs more than two takes a handler class. All else is as of
/// <see cref="AcommBuilder.AddTask{TArgs, TResult}(string, Func{TArgs, CallContext, CancellationToken, Task{Answer{TResult}}}, int?)"/>.
/// </summary>
public static class InjectedTasks
{
    /// <summary>Serves a task with a service that gives its result at once.</summary>
    public static AcommBuilder AddTask<TArgs, TService, TResult>(
        this AcommBuilder acomm, string task, Func<TArgs, TService, CallContext, CancellationToken, TResult> handler, int? concurrency = null)
        where TService : notnull =>
        acomm.AddTask<TArgs, TService, TResult>(
            task, (args, service, call, cancel) => Task.FromResult<Answer<TResult>>(handler(args, service, call, cancel)), concurrency);

    /// <summary>Serves a task with a service that gives its answer at once.</summary>
    public static AcommBuilder AddTask<TArgs, TService, TResult>(
        this AcommBuilder acomm, string task, Func<TArgs, TService, CallContext, CancellationToken, Answer<TResult>> handler, int? concurrency = null)
        where TService : notnull =>
        acomm.AddTask<TArgs, TService, TResult>(task, (args, service, call, cancel) => Task.FromResult(handler(args, service, call, cancel)), concurrency);

    /// <summary>Serves a task with a service that gives its result later.</summary>
    public static AcommBuilder AddTask<TArgs, TService, TResult>(
        this AcommBuilder acomm, string task, Func<TArgs, TService, CallContext, CancellationToken, Task<TResult>> handler, int? concurrency = null)
        where TService : notnull =>
        acomm.AddTask<TArgs, TService, TResult>(task, async (args, service, call, cancel) => (Answer<TResult>)await handler(args, service, call, cancel).ConfigureAwait(false), concurrency);

    /// <summary>Serves a task with a service that gives its answer later.</summary>
    public static AcommBuilder AddTask<TArgs, TService, TResult>(
        this AcommBuilder acomm, string task, Func<TArgs, TService, CallContext, CancellationToken, Task<Answer<TResult>>> handler, int? concurrency = null)
        where TService : notnull =>
        acomm.AddScoped<TArgs, TResult>(
            task, (scope, args, call, cancel) => handler(args, scope.GetRequiredService<TService>(), call, cancel), concurrency, typeof(TService));

    /// <summary>Serves a task with two services that gives its result at once.</summary>
    public static AcommBuilder AddTask<TArgs, TService1, TService2, TResult>(
        this AcommBuilder acomm, string task, Func<TArgs, TService1, TService2, CallContext, CancellationToken, TResult> handler, int? concurrency = null)
        where TService1 : notnull
        where TService2 : notnull =>
        acomm.AddTask<TArgs, TService1, TService2, TResult>(
            task, (args, first, second, call, cancel) => Task.FromResult<Answer<TResult>>(handler(args, first, second, call, cancel)), concurrency);

    /// <summary>Serves a task with two services that gives its answer at once.</summary>
    public static AcommBuilder AddTask<TArgs, TService1, TService2, TResult>(
        this AcommBuilder acomm, string task, Func<TArgs, TService1, TService2, CallContext, CancellationToken, Answer<TResult>> handler, int? concurrency = null)
        where TService1 : notnull
        where TService2 : notnull =>
        acomm.AddTask<TArgs, TService1, TService2, TResult>(
            task, (args, first, second, call, cancel) => Task.FromResult(handler(args, first, second, call, cancel)), concurrency);

    /// <summary>Serves a task with two services that gives its result later.</summary>
    public static AcommBuilder AddTask<TArgs, TService1, TService2, TResult>(
        this AcommBuilder acomm, string task, Func<TArgs, TService1, TService2, CallContext, CancellationToken, Task<TResult>> handler, int? concurrency = null)
        where TService1 : notnull
        where TService2 : notnull =>
        acomm.AddTask<TArgs, TService1, TService2, TResult>(
            task, async (args, first, second, call, cancel) => (Answer<TResult>)await handler(args, first, second, call, cancel).ConfigureAwait(false), concurrency);

    /// <summary>Serves a task with two services that gives its answer later.</summary>
    public static AcommBuilder AddTask<TArgs, TService1, TService2, TResult>(
        this AcommBuilder acomm, string task, Func<TArgs, TService1, TService2, CallContext, CancellationToken, Task<Answer<TResult>>> handler, int? concurrency = null)
        where TService1 : notnull
        where TService2 : notnull =>
        acomm.AddScoped<TArgs, TResult>(
            task,
            (scope, args, call, cancel) => handler(args, scope.GetRequiredService<TService1>(), scope.GetRequiredService<TService2>(), call, cancel),
            concurrency,
            typeof(TService1),
            typeof(TService2));
}
