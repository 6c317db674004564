using Acomm.Domain;

namespace Acomm.Effects;

/// <summary>
/// Stands around the calls that a node makes and the requests that it handles. It may look at them, change them, answer in
/// their stead or call them again. Of several the one that was registered first is the outermost. What one throws is
/// an <see cref="AcommError.InterceptorFailed"/> of that call or request and harms nothing else.
/// </summary>
public abstract class AcommInterceptor
{
    /// <summary>Whether it wants to be called; asked for each call and request, and must be quick. If none does, a call costs what it costs without.</summary>
    public virtual bool IsEnabled => true;

    /// <summary>Stands around a call. Must return at once: what is to be done with its answer goes into <see cref="PendingCall.Then"/>.</summary>
    /// <param name="call">What is called.</param>
    /// <param name="next">Begins it.</param>
    public virtual PendingCall Call(OutgoingCall call, Func<OutgoingCall, PendingCall> next) => next(call);

    /// <summary>Stands around a handler. What that throws comes through here.</summary>
    /// <param name="call">The request.</param>
    /// <param name="next">Handles it.</param>
    /// <param name="cancel">As the handler's.</param>
    public virtual Task<Answer<RawJson>> HandleAsync(CallContext call, TaskHandler next, CancellationToken cancel) => next(call, cancel);
}
