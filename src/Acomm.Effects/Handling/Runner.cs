using Acomm.Domain;
using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Effects;

/// <summary>Runs handlers and turns whatever they do into one answer.</summary>
internal sealed class Runner(NodeSettings settings, NodeCapabilities can, RunningTracker tracker, TaskTable tasks, StreamCarrier carrier, Responder responder,
    StopSignal stop)
{
    /// <summary>Handles a request when it is its turn. Throws nothing.</summary>
    public async Task<Answer<RawJson>> InvokeAsync(Request request, PeerIdentity caller, Reach reach, HandlerPlace turn, AwaitedCall? awaited)
    {
        var cancel = awaited?.Token ?? stop.Handlers;
        try
        {
            var stream = request.StreamUrl.Case is Address url ? Some(new RemoteStream(url, reach, can.Streams)) : None;
            var context = new CallContext(request, caller, stream, awaited);
            await turn.WhenFreeAsync(cancel).ConfigureAwait(false);
            cancel.ThrowIfCancellationRequested();
            return context.Reported(await tasks[request.Task](context, cancel).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return Effects.Answer.Fail((awaited?.Interruption ?? Interruption.Cut).Error(request));
        }
        catch (Exception e)
        {
            return Failed(request, e);
        }
        finally
        {
            awaited?.Leave();
            turn.Leave();
        }
    }

    /// <summary>The response that an answer is, and its stream as it is offered.</summary>
    public (Response Response, Option<OfferedStream> Stream) Answer(RequestId id, Answer<RawJson> answer) =>
        answer.Stream.IsNone ? (new Response(id, OutcomeOf(answer), None) { Trace = answer.Trace }, None) : AnswerWithStream(id, answer);

    /// <summary>Sends an answer of this node's own to its hook.</summary>
    public void Send(Response response, Address hook, Reach reach, IAnswered whoAnswers) =>
        responder.Send(response, Origin.OwnSocket, hook, reach, settings.Limits.RequestTimeout, stop.Sendings, whoAnswers);

    /// <summary>Nobody waits for the answer, so that it has not to be passed on either.</summary>
    public void Forget(Proxied request) => request.Registration.IfSome(r => tracker.Cancel(r.Handle));

    /// <summary>Tells of what should not have thrown.</summary>
    public void Faulted(Exception e) => can.Events.Record(new NodeEvent.Faulted(e));

    private Answer<RawJson> Failed(Request request, Exception e)
    {
        if (e is InterceptorException thrown)
        {
            can.Events.Record(new NodeEvent.InterceptorThrew(request.Task, thrown.Interceptor, thrown.InnerException!));
            return Effects.Answer.Fail(thrown.ErrorOf(request.Task, Delivery.Taken));
        }

        can.Events.Record(new NodeEvent.HandlerThrew(request.Task, request.Id, e));
        return Effects.Answer.Fail(new AcommError.HandlerFailed(request.Task, e.GetType().Name));
    }

    private (Response Response, Option<OfferedStream> Stream) AnswerWithStream(RequestId id, Answer<RawJson> answer)
    {
        var offered = answer.Stream.Match(
            Some: source => carrier.Offer(source, overHttp: false).Map(Some),
            None: () => Option<OfferedStream>.None);
        return offered.Match(
            Right: stream => (new Response(id, OutcomeOf(answer), stream.Map(s => s.Address)) { Trace = answer.Trace }, stream),
            Left: error => (Response.Failure(id, error.ToString()) with { Trace = answer.Trace }, None));
    }

    private static Outcome OutcomeOf(Answer<RawJson> answer) => answer.Outcome.IsRight
        ? new Outcome.Success((RawJson)answer.Outcome)
        : new Outcome.Failure((string)answer.Outcome);
}
