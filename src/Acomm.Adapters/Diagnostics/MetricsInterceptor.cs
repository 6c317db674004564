using Acomm.Domain;
using Acomm.Effects;

namespace Acomm.Adapters;

/// <summary>Measures how long calls and handlers take.</summary>
internal sealed class MetricsInterceptor(NodeMeter meter, TimeProvider time) : AcommInterceptor
{
    public override bool IsEnabled => meter.IsClientEnabled || meter.IsServerEnabled;

    public override PendingCall Call(OutgoingCall call, Func<OutgoingCall, PendingCall> next)
    {
        var start = time.GetTimestamp();
        return next(call).Then(ended =>
        {
            meter.Called(call.Task, time.GetElapsedTime(start), Ends.ErrorOf(ended));
            return ended;
        });
    }

    public override async Task<Answer<RawJson>> HandleAsync(CallContext call, TaskHandler next, CancellationToken cancel)
    {
        var start = time.GetTimestamp();
        string? error = null;
        try
        {
            var answer = await next(call, cancel).ConfigureAwait(false);
            error = Ends.ErrorOf(answer);
            return answer;
        }
        catch (Exception e)
        {
            error = Ends.ErrorOf(e, cancel);
            throw;
        }
        finally
        {
            meter.Handled(call.Task, time.GetElapsedTime(start), error);
        }
    }
}
