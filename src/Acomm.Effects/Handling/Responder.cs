using Acomm.Domain;
using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Effects;

/// <summary>Waits to hear whether an answer came to its hook.</summary>
internal interface IAnswered
{
    /// <summary>It did, or this kept it from there. Told once; must return at once.</summary>
    void Answered(Option<AcommError> lost);
}

/// <summary>Brings answers to hooks, with their streams made reachable there.</summary>
internal sealed class Responder(NodeSettings settings, NodeCapabilities can, StreamCarrier carrier, Courier courier)
{
    /// <summary>
    /// Sends an answer; what keeps it from its hook is an event, and given back. If it cannot be sent as it is, its
    /// receiver is told so instead.
    /// </summary>
    public void Send(Response response, Origin origin, Address hook, Reach reach, TimeSpan remaining, CancellationToken cancel, IAnswered whoAnswers)
    {
        var carried = response.StreamUrl.IsNone ? Option<OfferedStream>.None : Carry(response, origin, hook);
        var stream = carried.IsRight ? (Option<OfferedStream>)carried : None;
        var there = stream.IsNone ? response : response with { StreamUrl = stream.Map(s => s.Address) };
        var answer = new AnswerPosting(this, courier, there, hook, reach, remaining, cancel, stream, whoAnswers);
        if (carried.IsRight)
            courier.Post(answer);
        else
            answer.Over((AcommError)carried);
    }

    private Either<AcommError, Option<OfferedStream>> Carry(Response response, Origin origin, Address hook) => carrier.Carry(
        response.StreamUrl,
        ProxyPlan.AnswerStream(response, origin, hook),
        origin is Origin.External external ? new Reach.Outside(external.From, settings.Outside) : Reach.Anywhere);

    private sealed class AnswerPosting(
        Responder responder, Courier courier, Response response, Address hook, Reach reach, TimeSpan remaining,
        CancellationToken cancel, Option<OfferedStream> stream, IAnswered whoAnswers)
        : Posting(courier, Sending.Answer, hook, reach, remaining)
    {
        public override BorrowedDocument Write(TimeSpan left) => Document.Lend(response);

        public override CancellationToken GiveUp() => cancel;

        public override void Over(Either<AcommError, Unit> outcome)
        {
            if (outcome.IsLeft)
                Lost((AcommError)outcome);
            else
                whoAnswers.Answered(None);
        }

        public override void GivenUp() => whoAnswers.Answered(None);

        private void Lost(AcommError error)
        {
            if (error.Delivery.IsFinal())
                stream.Iter(s => s.Withdraw());
            responder.Lost(response.Id, To, error);

            // Never sent, and not for the hook's sake: whoever waits there can still hear why.
            if (error.Delivery == Delivery.NotSent && error is AcommError.FrameTooLong or AcommError.NoPublicUrl or AcommError.ListenFailed or AcommError.TooManyStreams)
                responder.Send(Response.Failure(response.Id, error.ToString()) with { Trace = response.Trace }, Origin.OwnSocket, To, Reach, Remaining, cancel, new Instead(error, whoAnswers));
            else
                whoAnswers.Answered(error);
        }
    }

    private void Lost(RequestId id, Address hook, AcommError error) => can.Events.Record(new NodeEvent.AnswerLost(id, hook, error));

    /// <summary>Whatever becomes of what was sent instead, this is what kept the answer from its hook.</summary>
    private sealed class Instead(AcommError error, IAnswered whoAnswers) : IAnswered
    {
        public void Answered(Option<AcommError> lost) => whoAnswers.Answered(error);
    }
}
