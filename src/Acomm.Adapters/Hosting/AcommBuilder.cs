using Acomm.Effects;
using Microsoft.Extensions.DependencyInjection;

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
    /// <see cref="Domain.AcommError.ArgsMismatch"/> without it. The token is cancelled when a stop stops waiting.
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
}
