using Acomm.Domain;

namespace Acomm.Properties.Simulation;

/// <summary>Brings answers to hooks, with their streams made reachable there.</summary>
internal sealed class Responder(World world, Site site, Courier courier)
{
    public void Send(Response response, Origin origin, Address hook, Reach reach, TimeSpan remaining, Scope scope)
    {
        var step = world.Core.AnswerStream(response, origin, hook);
        var carried = response with { StreamUrl = response.StreamUrl.Map(stream => world.Streams.Carry(site, stream, step)) };
        Violation.Expect(
            hook.IsUnix || carried.StreamUrl.ForAll(stream => !stream.IsUnix),
            Invariant.Fidelity,
            $"the stream of {response.Id} can be reached from {hook}, not so {carried.StreamUrl}");
        courier.Send(Sending.Answer, hook, new Message.OfResponse(carried), reach, remaining, scope, sent =>
        {
            if (sent.Case is not AcommError error)
                return;
            world.Count("answer lost: " + error.Name);
            if (error is not AcommError.FrameTooLong)
                return;
            var failure = Response.Failure(response.Id, error.ToString());
            courier.Send(Sending.Answer, hook, new Message.OfResponse(failure), reach, remaining, scope, _ => { });
        });
    }
}
