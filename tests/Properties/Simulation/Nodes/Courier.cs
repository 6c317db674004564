using Acomm.Domain;
using LanguageExt;

namespace Acomm.Properties.Simulation;

/// <summary>Sends documents, again where the domain says so.</summary>
internal sealed class Courier(World world, Site site)
{
    /// <summary>Sends until it succeeds, fails for good, or the time that is left is over; in the scope of whoever wants it sent.</summary>
    public void Send(Sending sending, Address to, Message message, Reach reach, TimeSpan remaining, Scope scope, Action<Either<AcommError, Unit>> done)
    {
        var document = message is Message.OfRequest of
            ? world.Core.WriteRequest(of.Request)
            : world.Core.WriteResponse(((Message.OfResponse)message).Response);
        var limit = world.Plan.Limits.FrameBytes;
        if (document.Length > limit)
            done(new AcommError.FrameTooLong(limit, document.Length));
        else if (reach.Check(to).Case is AcommError forbidden)
            done(forbidden);
        else
            Try(sending, new Parcel(site.Host, to, document, message), world.Now + remaining, 1, scope, done);
    }

    private void Try(Sending sending, Parcel parcel, Instant deadline, int attempts, Scope scope, Action<Either<AcommError, Unit>> done) =>
        world.Net.Send(parcel, scope, sent =>
        {
            if (sent.Case is not AcommError error
                || world.Core.RetryAfter(sending, error, attempts, deadline - world.Now, world.Draw.Share()).Case is not TimeSpan wait)
            {
                done(sent);
                return;
            }

            Violation.Expect(error.Delivery == Delivery.NotSent, Invariant.NotSentMeansNoByte, $"what may have arrived is not sent again: {error}");
            Violation.Expect(world.Now + wait < deadline, Invariant.DeadlineKept, $"nothing is sent again after its deadline");
            world.Count("sent again");
            world.After(wait, scope, () => Try(sending, parcel, deadline, attempts + 1, scope, done));
        });
}
