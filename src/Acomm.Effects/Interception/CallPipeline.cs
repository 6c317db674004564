using Acomm.Domain;
using static LanguageExt.Prelude;

namespace Acomm.Effects;

/// <summary>The way of a call through the interceptors of a node to its caller, made once, when the node is.</summary>
internal sealed class CallPipeline
{
    private readonly Caller caller;
    private readonly INodeEvents events;
    private readonly AcommInterceptor[] interceptors;
    private readonly Func<OutgoingCall, PendingCall> first;

    public CallPipeline(Caller caller, INodeEvents events, AcommInterceptor[] interceptors)
    {
        (this.caller, this.events, this.interceptors) = (caller, events, interceptors);
        first = interceptors.Reverse().Aggregate<AcommInterceptor, Func<OutgoingCall, PendingCall>>(
            call => caller.Begin(call.To, call.Task, call.Args, call.Options, call.Trace),
            (inner, interceptor) => Around(interceptor, inner));
    }

    public PendingCall Begin(Address to, TaskName task, RawJson args, CallOptions options)
    {
        foreach (var interceptor in interceptors)
        {
            if (interceptor.IsEnabled)
                return first(new OutgoingCall(to, task, args, options));
        }

        return caller.Begin(to, task, args, options, None);
    }

    private Func<OutgoingCall, PendingCall> Around(AcommInterceptor interceptor, Func<OutgoingCall, PendingCall> next) => call =>
        interceptor.IsEnabled ? new Stage(this, interceptor, next, call).Run() : next(call);

    /// <summary>One interceptor's part in one call: what it throws ends the call, and a stream that it did not pass on is disposed.</summary>
    private sealed class Stage(CallPipeline pipeline, AcommInterceptor interceptor, Func<OutgoingCall, PendingCall> next, OutgoingCall call)
    {
        private volatile PendingCall? begun;

        public PendingCall Run()
        {
            var given = Given();
            if (given == begun)
                return given;
            var guarded = given.Guarded(Failed);
            if (call.Options.Stream is not null && begun is null)
                _ = DisposeUnusedAsync(guarded);
            return guarded;
        }

        private PendingCall Given()
        {
            try
            {
                return interceptor.Call(call, Next) ?? throw new InvalidOperationException("it gave no call");
            }
            catch (Exception e)
            {
                begun?.Remove();
                return call.End(Failed(e));
            }
        }

        private PendingCall Next(OutgoingCall changed) => begun = next(changed);

        private AcommError Failed(Exception e)
        {
            var name = interceptor.GetType().Name;
            pipeline.events.Record(new NodeEvent.InterceptorThrew(call.Task, name, e));
            return new InterceptorException(name, e).ErrorOf(call.Task, begun is null ? Delivery.NotSent : Delivery.Indeterminate);
        }

        private async Task DisposeUnusedAsync(PendingCall guarded)
        {
            await guarded.Answer.ConfigureAwait(false);
            if (begun is null)
                await pipeline.caller.DisposeAsync(call.Options).ConfigureAwait(false);
        }
    }
}
