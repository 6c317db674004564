using System.Diagnostics;
using Acomm.Domain;
using Acomm.Effects;
using LanguageExt;
using static Acomm.Adapters.AcommDiagnostics;

namespace Acomm.Adapters;

/// <summary>
/// A span for each call and each handler, and the trace that they belong to carried over by requests and answers. A trace
/// that the application is in is carried over even if nobody listens to the spans.
/// </summary>
internal sealed class TracingInterceptor : AcommInterceptor
{
    public override bool IsEnabled => Source.HasListeners() || Activity.Current is not null;

    public override PendingCall Call(OutgoingCall call, Func<OutgoingCall, PendingCall> next)
    {
        var around = Activity.Current;
        var span = Source.CreateActivity(call.Task.ToString(), ActivityKind.Client);
        if (span is null)
            return next(call with { Trace = ContextOf(around) });
        Describe(span, call.Task);
        span.SetTag(Tag.ServerAddress, call.To.IsUnix ? call.To.Path : HostName.Split(call.To.Host).Host);
        span.Start();
        try
        {
            var begun = next(call with { Trace = ContextOf(span) });
            span.SetTag(Tag.RequestId, begun.Id.ToString());
            return begun.Then(ended =>
            {
                Link(span, begun.AnswerTrace);
                End(span, Ends.ErrorOf(ended)?.Name);
                return ended;
            });
        }
        finally
        {
            // It goes on by itself; whoever called is where he was.
            Activity.Current = around;
        }
    }

    public override async Task<Answer<RawJson>> HandleAsync(CallContext call, TaskHandler next, CancellationToken cancel)
    {
        using var span = Source.StartActivity(call.Task.ToString(), ActivityKind.Server, ParentOf(call.Request.Trace));
        if (span is null)
            return await next(call, cancel).ConfigureAwait(false);
        Describe(span, call.Task);
        span.SetTag(Tag.RequestId, call.Id.ToString());
        if (call.Caller is PeerIdentity.HttpAddress http)
            span.SetTag(Tag.ClientAddress, http.Ip.ToString());
        try
        {
            var answer = await next(call, cancel).ConfigureAwait(false);
            Fail(span, Ends.ErrorOf(answer));
            return answer with { Trace = ContextOf(span) };
        }
        catch (Exception e)
        {
            Fail(span, Ends.ErrorOf(e, cancel));
            throw;
        }
    }

    private static void Describe(Activity span, TaskName task)
    {
        span.SetTag(Tag.System, Tag.SystemValue);
        span.SetTag(Tag.Method, task.Value);
    }

    private static void End(Activity span, string? error)
    {
        Fail(span, error);
        span.Dispose();
    }

    // The name alone: the text of a failure is the application's.
    private static void Fail(Activity span, string? error)
    {
        if (error is null)
            return;
        span.SetStatus(ActivityStatusCode.Error);
        span.SetTag(Tag.Error, error);
    }

    // Where the peer is in a trace of its own, the two can be found from here.
    private static void Link(Activity span, Option<TraceContext> answer)
    {
        if (ParentOf(answer) is var there && there != default && there.TraceId != span.TraceId)
            span.AddLink(new ActivityLink(there));
    }

    private static Option<TraceContext> ContextOf(Activity? activity) => activity is { IdFormat: ActivityIdFormat.W3C, Id: { } id }
        ? TraceContext.Parse(id, activity.TraceStateString ?? "")
        : Option<TraceContext>.None;

    private static ActivityContext ParentOf(Option<TraceContext> trace) =>
        trace.Case is TraceContext context && ActivityContext.TryParse(context.Parent, context.State, isRemote: true, out var parent) ? parent : default;
}
