using Acomm.Domain;

namespace Acomm.Effects;

/// <summary>Puts interceptors around handlers, once, when a node is made.</summary>
internal static class HandlerPipeline
{
    /// <summary>What makes of a handler the one with all interceptors around it.</summary>
    public static Func<TaskHandler, TaskHandler> Of(IReadOnlyList<AcommInterceptor> interceptors) => handler =>
        interceptors.Reverse().Aggregate(handler, (inner, interceptor) => Around(interceptor, inner));

    private static TaskHandler Around(AcommInterceptor interceptor, TaskHandler next) => (call, cancel) =>
        interceptor.IsEnabled ? RunAsync(interceptor, next, call, cancel) : next(call, cancel);

    // What came from below goes on as it is.
    private static async Task<Answer<RawJson>> RunAsync(AcommInterceptor interceptor, TaskHandler next, CallContext call, CancellationToken cancel)
    {
        Exception? fromBelow = null;
        try
        {
            return await interceptor.HandleAsync(call, NextAsync, cancel).ConfigureAwait(false)
                ?? throw new InvalidOperationException("it gave no answer");
        }
        catch (Exception e) when (e != fromBelow && !(e is OperationCanceledException && cancel.IsCancellationRequested))
        {
            throw new InterceptorException(interceptor.GetType().Name, e);
        }

        async Task<Answer<RawJson>> NextAsync(CallContext context, CancellationToken token)
        {
            try
            {
                return await next(context, token).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                fromBelow = e;
                throw;
            }
        }
    }
}
