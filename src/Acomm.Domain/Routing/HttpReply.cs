using LanguageExt;

namespace Acomm.Domain;

/// <summary>What the reply to a POST says.</summary>
public static class HttpReply
{
    /// <summary>
    /// A body that is a refusing acknowledgement refuses, whatever the status, since Go peers send it with any. Else the
    /// status must be a success, and the body an acknowledgement. A redirect is never followed.
    /// </summary>
    public static Either<AcommError, Acknowledgement> Interpret(Address peer, int status, ReadOnlyMemory<byte> body, Limits limits)
    {
        var read = Document.ReadAcknowledgement(body, limits);
        if (status is >= 300 and < 400)
            return new AcommError.RedirectRefused(peer, status);
        if (read.Exists(ack => ack is Acknowledgement.Refused))
            return read;
        return status is >= 200 and < 300
            ? read.MapLeft(error => (AcommError)new AcommError.BadAck(peer, error.Message))
            : new AcommError.HttpStatus(peer, status);
    }
}
