using System.Diagnostics.CodeAnalysis;
using Acomm.Domain;
using Acomm.Effects;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Acomm.Adapters;

/// <summary>Adds tasks and interceptors to the node that is being set up; other nodes of the application have their own.</summary>
public sealed class AcommBuilder
{
    internal AcommBuilder(IServiceCollection services, string name) => (Services, Name) = (services, name);

    /// <summary>The application's services.</summary>
    public IServiceCollection Services { get; }

    /// <summary>The name of the node, which is the key of its services; empty for the unnamed one.</summary>
    public string Name { get; }

    /// <summary>
    /// Serves a task. The handler returns its result, <c>Answer.Fail</c> or <see cref="Answer.WithStream"/>; what
    /// it throws is answered as <see cref="Domain.AcommError.HandlerFailed"/>. Args that do not fit are answered as
    /// <see cref="Domain.AcommError.ArgsMismatch"/> without it. The token is cancelled when nobody
    /// waits for the answer any more, or a stop waits no longer.
    /// </summary>
    /// <param name="task">A plain name: a letter or digit, then letters, digits, dot, underscore, hyphen, 128 in all.</param>
    /// <param name="handler">Handles one request; many run at the same time.</param>
    /// <param name="concurrency">
    /// How many at a time, <see cref="Domain.Limits.HandlersPerTask"/> by default. Requests beyond it wait; where too many
    /// wait, callers are refused with <see cref="Domain.AcommError.TaskOverloaded"/>.
    /// </param>
    public AcommBuilder AddTask<TArgs, TResult>(string task, Func<TArgs, CallContext, CancellationToken, Task<Answer<TResult>>> handler, int? concurrency = null) =>
        Serve<TArgs, TResult>(task, concurrency, (_, payloads) => TypedHandlers.Of(payloads, handler));

    /// <summary>
    /// Puts an interceptor around the calls and handlers of the node; of several the one that was added first is the
    /// outermost. It is made once, with injected dependencies, before the node is: one that needs the node takes
    /// <see cref="IServiceProvider"/>, and asks it for the node when it is called.
    /// </summary>
    public AcommBuilder AddInterceptor<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>()
        where T : AcommInterceptor
    {
        Services.AddKeyedSingleton<AcommInterceptor, T>(Name);
        return this;
    }

    /// <summary>
    /// Serves a task by a class, its dependencies injected: an <see cref="ITaskHandler{TArgs, TResult}"/>. Each request has a
    /// scope of its own, which is disposed when the handler is through, however it ends. The class is added as scoped, unless
    /// it was added before.
    /// </summary>
    /// <param name="task">A plain name: a letter or digit, then letters, digits, dot, underscore, hyphen, 128 in all.</param>
    /// <param name="concurrency">How many at a time, <see cref="Limits.HandlersPerTask"/> by default.</param>
    public AcommBuilder AddTask<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(string task, int? concurrency = null)
        where THandler : class, ITaskHandler
    {
        Services.TryAddScoped<THandler>();
        return Serve(task, concurrency, (provider, payloads) =>
        {
            var scopes = provider.GetRequiredService<IServiceScopeFactory>();
            return (call, cancel) => InScopeAsync(
                scopes, scope => TypedHandlers.HandleAsync(scope.GetRequiredService<THandler>(), payloads, call, cancel));
        });
    }

    /// <summary>Serves a task with services from a scope of each request; those that are needed are looked for when the node is made.</summary>
    internal AcommBuilder AddScoped<TArgs, TResult>(
        string task, Func<IServiceProvider, TArgs, CallContext, CancellationToken, Task<Answer<TResult>>> handler, int? concurrency, params Type[] needed) =>
        Serve<TArgs, TResult>(task, concurrency, (provider, payloads) =>
        {
            if (Missing(provider, needed) is { } missing)
                throw new AcommStartException(new AcommError.ServiceMissing(task, missing.ToString()), Name);
            var scopes = provider.GetRequiredService<IServiceScopeFactory>();
            return TypedHandlers.Of<TArgs, TResult>(
                payloads, (args, call, cancel) => InScopeAsync(scopes, scope => handler(scope, args, call, cancel)));
        });

    private AcommBuilder Serve<TArgs, TResult>(string task, int? concurrency, Func<IServiceProvider, PayloadCodec, TaskHandler> handler)
    {
        if (IsAwaitable(typeof(TResult)))
            throw new ArgumentException($"the handler of the task '{task}' would give a {typeof(TResult).Name} as its result: await it, and give what comes of it, or true where nothing does", nameof(handler));
        return Serve(task, concurrency, (provider, payloads) =>
        {
            if ((payloads.Check<TArgs>() | payloads.Check<TResult>()).Case is AcommError error)
                throw new AcommStartException(error, Name);
            return handler(provider, payloads);
        });
    }

    // It would be written as JSON while it runs.
    private static bool IsAwaitable(Type type) =>
        typeof(Task).IsAssignableFrom(type) || type == typeof(ValueTask) || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>));

    private AcommBuilder Serve(string task, int? concurrency, Func<IServiceProvider, PayloadCodec, TaskHandler> handler)
    {
        Services.AddKeyedSingleton(Name, (provider, _) => new ServedTask(task, handler(provider, AcommNodes.PartsOf(provider, Name).Payloads), concurrency));
        return this;
    }

    private static async Task<T> InScopeAsync<T>(IServiceScopeFactory scopes, Func<IServiceProvider, Task<T>> handle)
    {
        var scope = scopes.CreateAsyncScope();
        await using var ending = scope.ConfigureAwait(false);
        return await handle(scope.ServiceProvider).ConfigureAwait(false);
    }

    // Not every container can say it; then the first request does.
    private static Type? Missing(IServiceProvider provider, Type[] needed) =>
        provider.GetService<IServiceProviderIsService>() is { } known ? Array.Find(needed, type => !known.IsService(type)) : null;
}
