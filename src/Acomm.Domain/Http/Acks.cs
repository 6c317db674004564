using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Domain;

/// <summary>What the reply to a document means for its sender.</summary>
public static class Acks
{
    private static readonly ReadOnlyMemory<byte> AcceptedText = Document.Write(Acknowledgement.Ok);

    /// <summary>The reply on a unix socket: accepted, <see cref="AcommError.Rejected"/>, or <see cref="AcommError.BadAck"/>.</summary>
    public static Either<AcommError, Unit> Read(Address peer, ReadOnlyMemory<byte> reply, Limits limits) => reply.Span.SequenceEqual(AcceptedText.Span)
        ? unit // As our own peers write it: most are.
        : Document.ReadAcknowledgement(reply, limits)
            .MapLeft(error => (AcommError)new AcommError.BadAck(peer, error.Message))
            .Bind(ack => ack is Acknowledgement.Refused refused
                ? new AcommError.Rejected(peer, refused.Text, refused.Code)
                : Right<AcommError, Unit>(unit));

    /// <summary>
    /// The reply to a POST. A body that is a refusing acknowledgement refuses, whatever the status, since Go peers send
    /// it with any. Else the status must be a success, and the body an acknowledgement. A redirect is never followed.
    /// </summary>
    public static Either<AcommError, Unit> Read(Address peer, int status, ReadOnlyMemory<byte> body, Limits limits)
    {
        if (status is >= 300 and < 400)
            return new AcommError.RedirectRefused(peer, status);
        var read = Read(peer, body, limits);
        return status / 100 == 2 || read.Case is AcommError.Rejected ? read : new AcommError.HttpStatus(peer, status);
    }
}
