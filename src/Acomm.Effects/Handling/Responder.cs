using Acomm.Domain;
using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Effects;

/// <summary>Brings answers to hooks, with their streams made reachable there.</summary>
internal sealed class Responder(NodeSettings settings, NodeCapabilities can, StreamCarrier carrier, Courier courier)
{
    /// <summary>
    /// Sends an answer; what keeps it from its hook is an event, and given back. If it cannot be sent as it is, its
    /// receiver is told so instead.
    /// </summary>
    public async Task<Option<AcommError>> SendAsync(Response response, Origin origin, Address hook, Reach reach, TimeSpan remaining, CancellationToken cancel)
    {
        var carried = carrier.Carry(
            response.StreamUrl,
            ProxyPlan.AnswerStream(response, origin, hook),
            origin is Origin.External external ? new Reach.Outside(external.From, settings.Outside) : Reach.Anywhere);
        var sent = await carried.MatchAsync(
            RightAsync: stream => SendAsync(response with { StreamUrl = stream.Map(s => s.Address) }, hook, reach, remaining, cancel),
            Left: Left<AcommError, Unit>).ConfigureAwait(false);
        if (sent.Case is not AcommError error)
            return None;
        if (error.Delivery.IsFinal())
            carried.Iter(stream => stream.Iter(s => s.Withdraw()));
        can.Events.Record(new NodeEvent.AnswerLost(response.Id, hook, error));

        // Never sent, and not for the hook's sake: whoever waits there can still hear why.
        if (error.Delivery == Delivery.NotSent && error is AcommError.FrameTooLong or AcommError.NoPublicUrl or AcommError.ListenFailed or AcommError.TooManyStreams)
            await SendAsync(Response.Failure(response.Id, error.ToString()), hook, reach, remaining, cancel).ConfigureAwait(false);
        return error;
    }

    private Task<Either<AcommError, Unit>> SendAsync(Response response, Address hook, Reach reach, TimeSpan remaining, CancellationToken cancel) =>
        courier.SendAsync(Sending.Answer, hook, Document.Write(response), reach, remaining, cancel);
}
