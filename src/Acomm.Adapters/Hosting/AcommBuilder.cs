using System.Diagnostics.CodeAnalysis;
using Acomm.Domain;
using Acomm.Effects;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Acomm.Adapters;

/// <summary>Adds tasks to the node that is being set up.</summary>
public sealed class AcommBuilder
{
    internal AcommBuilder(IServiceCollection services) => Services = services;

    /// <summary>The application's services.</summary>
    public IServiceCollection Services { get; }

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
    public AcommBuilder AddTask<TArgs, TResult>(string task, Func<TArgs, CallContext, CancellationToken, Task<Answer<TResult>>> handler, int? concurrency = null)
    {
        Services.AddSingleton(provider => new ServedTask(
            task, TypedHandlers.Of(provider.GetRequiredService<PayloadCodec>(), handler), concurrency));
        return this;
    }

    /// <summary>
    /// Puts an interceptor around the calls and handlers of the node; of several the one that was added first is the
    /// outermost. It is made once, with injected dependencies, before the node is: it must not ask for that.
    /// </summary>
    public AcommBuilder AddInterceptor<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>()
        where T : AcommInterceptor
    {
        Services.AddSingleton<AcommInterceptor, T>();
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
        Services.AddSingleton(provider => new ServedTask(
            task, Scoped<THandler>(provider.GetRequiredService<IServiceScopeFactory>(), provider.GetRequiredService<PayloadCodec>()), concurrency));
        return this;
    }

    private static TaskHandler Scoped<THandler>(IServiceScopeFactory scopes, PayloadCodec payloads)
        where THandler : class, ITaskHandler =>
        async (call, cancel) =>
        {
            var scope = scopes.CreateAsyncScope();
            await using var ending = scope.ConfigureAwait(false);
            return await TypedHandlers.HandleAsync(scope.ServiceProvider.GetRequiredService<THandler>(), payloads, call, cancel).ConfigureAwait(false);
        };
}
