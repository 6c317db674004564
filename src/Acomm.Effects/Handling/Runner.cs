using Acomm.Domain;
using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Effects;

/// <summary>Runs handlers and turns whatever they do into one answer.</summary>
internal sealed class Runner(NodeSettings settings, NodeCapabilities can, TaskTable tasks, StreamCarrier carrier, Responder responder, StopSignal stop)
{
    /// <summary>Handles a request when it is its turn, and sends the answer to its hook, if it has one.</summary>
    /// <param name="request">The request, its stream readable from here.</param>
    /// <param name="caller">Who sent it.</param>
    /// <param name="reach">On whose word its addresses are connected to.</param>
    /// <param name="place">Its place in the handler, which is left when the handler is through.</param>
    public async Task RunAsync(Request request, PeerIdentity caller, Reach reach, HandlerPlace place)
    {
        var context = new CallContext(request, caller, request.StreamUrl.Map(url => new RemoteStream(url, reach, can.Streams)));
        var answer = await InvokeAsync(context, place, stop.Handlers).ConfigureAwait(false);
        if (request.ResponseHook.Case is not Address hook)
        {
            await answer.Stream.Match(Some: s => s.DisposeAsync(), None: () => default).ConfigureAwait(false);
            return;
        }

        var offered = answer.Stream.Match(
            Some: source => carrier.Offer(source, overHttp: false).Map(Some),
            None: () => Option<OfferedStream>.None);
        var response = offered.Match(
            Right: stream => new Response(request.Id, OutcomeOf(answer), stream.Map(s => s.Address)),
            Left: error => Response.Failure(request.Id, error.ToString()));
        var lost = await responder.SendAsync(response, Origin.OwnSocket, hook, reach, settings.Limits.RequestTimeout, stop.Sendings).ConfigureAwait(false);
        if (lost.Exists(error => error.Delivery.IsFinal()))
            offered.Iter(stream => stream.Iter(s => s.Withdraw()));
    }

    private async Task<Answer<RawJson>> InvokeAsync(CallContext context, HandlerPlace place, CancellationToken cancel)
    {
        try
        {
            await place.WhenFreeAsync(cancel).ConfigureAwait(false);
            return await tasks[context.Task](context, cancel).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return Answer.Fail(new AcommError.CutByShutdown(context.Id));
        }
        catch (Exception e)
        {
            can.Events.Record(new NodeEvent.HandlerThrew(context.Task, context.Id, e));
            return Answer.Fail(new AcommError.HandlerFailed(context.Task, e.GetType().Name));
        }
        finally
        {
            place.Leave();
        }
    }

    private static Outcome OutcomeOf(Answer<RawJson> answer) => answer.Outcome.Match<Outcome>(
        Right: result => new Outcome.Success(result),
        Left: text => new Outcome.Failure(text));
}
