using LanguageExt;

namespace Acomm.Domain;

/// <summary>The statuses of HTTP replies: those that this node sends, and what those of others mean.</summary>
public static class HttpReply
{
    /// <summary>The status beside an acknowledgement. Go peers ignore it and read the body; others may go by it.</summary>
    public static int StatusOf(Acknowledgement acknowledgement) => acknowledgement is Acknowledgement.Refused refused
        ? StatusOf(refused.Code.IfNone(""))
        : 200;

    /// <summary>The status of a refusal.</summary>
    public static int StatusOf(AcommError error) => StatusOf(error.Name);

    /// <summary>What the status says of a stream that was asked for: nothing if it comes, else why it does not.</summary>
    public static Option<AcommError> StreamError(Address peer, int status) => status switch
    {
        >= 200 and < 300 => Option<AcommError>.None,
        >= 300 and < 400 => new AcommError.RedirectRefused(peer, status),
        404 or 410 => new AcommError.StreamUnknown(),
        _ => new AcommError.HttpStatus(peer, status),
    };

    private static int StatusOf(string code) => code switch
    {
        nameof(AcommError.UnknownTask) or nameof(AcommError.StreamUnknown) or nameof(AcommError.ResponseUnknown) => 404,
        nameof(AcommError.DuplicateId) or nameof(AcommError.ResponseDuplicate) => 409,
        nameof(AcommError.ResponseLate) => 410,
        nameof(AcommError.AddressForbidden) or nameof(AcommError.ResponseForbidden) => 403,
        nameof(AcommError.FrameTimeout) => 408,
        nameof(AcommError.FrameTooLong) => 413,
        nameof(AcommError.ShuttingDown) or nameof(AcommError.NotStarted)
            or nameof(AcommError.TrackerFull) or nameof(AcommError.TooManyStreams)
            or nameof(AcommError.TaskOverloaded) or nameof(AcommError.NodeOverloaded) => 503,
        nameof(AcommError.PeerUnreachable) or nameof(AcommError.PeerOverloaded) => 502,
        _ => 400,
    };
}
