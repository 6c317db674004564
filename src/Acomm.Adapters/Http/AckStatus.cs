using Acomm.Domain;

namespace Acomm.Adapters;

/// <summary>The HTTP status beside an acknowledgement. Go peers ignore it and read the body; others may go by it.</summary>
internal static class AckStatus
{
    public static int Of(Acknowledgement acknowledgement) => acknowledgement is Acknowledgement.Refused refused
        ? OfCode(refused.Code.IfNone(""))
        : 200;

    public static int Of(AcommError error) => OfCode(error.Name);

    private static int OfCode(string code) => code switch
    {
        nameof(AcommError.UnknownTask) or nameof(AcommError.StreamUnknown) or nameof(AcommError.ResponseUnknown) => 404,
        nameof(AcommError.DuplicateId) or nameof(AcommError.ResponseDuplicate) => 409,
        nameof(AcommError.ResponseLate) => 410,
        nameof(AcommError.AddressForbidden) or nameof(AcommError.ResponseForbidden) => 403,
        nameof(AcommError.FrameTooLong) => 413,
        nameof(AcommError.ShuttingDown) or nameof(AcommError.NotStarted) or nameof(AcommError.TrackerFull) => 503,
        nameof(AcommError.PeerUnreachable) or nameof(AcommError.PeerOverloaded) => 502,
        _ => 400,
    };
}
