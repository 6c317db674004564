using Acomm.Domain;

namespace Acomm.Effects;

/// <summary>What every handler class is: see <see cref="ITaskHandler{TArgs, TResult}"/>, which is the one to implement.</summary>
public interface ITaskHandler
{
    /// <summary>Handles a request of raw JSON.</summary>
    internal Task<Answer<RawJson>> HandleAsync(PayloadCodec payloads, CallContext call, CancellationToken cancel);
}

/// <summary>
/// A task as a class, its dependencies injected. An instance lives as long as its registration says: by default it is made
/// in a scope for each request, which is disposed when the handler is through. A stream in its answer is read after that.
/// </summary>
/// <typeparam name="TArgs">The args; what does not fit is answered as <see cref="AcommError.ArgsMismatch"/>.</typeparam>
/// <typeparam name="TResult">The result.</typeparam>
public interface ITaskHandler<TArgs, TResult> : ITaskHandler
{
    /// <summary>
    /// Handles one request. It returns its result, <c>Answer.Fail</c> or <see cref="Answer.WithStream"/>; what it throws is
    /// answered as <see cref="AcommError.HandlerFailed"/>.
    /// </summary>
    /// <param name="args">The args.</param>
    /// <param name="call">The request besides its args.</param>
    /// <param name="cancel">Is cancelled when nobody waits for the answer any more, or a stop waits no longer.</param>
    Task<Answer<TResult>> HandleAsync(TArgs args, CallContext call, CancellationToken cancel);

    Task<Answer<RawJson>> ITaskHandler.HandleAsync(PayloadCodec payloads, CallContext call, CancellationToken cancel) =>
        TypedHandlers.HandleAsync<TArgs, TResult>(payloads, HandleAsync, call, cancel);
}
