using Acomm.Domain;

namespace Acomm.Properties.Simulation;

/// <summary>
/// Bytes on their way to an address. <paramref name="Message"/> is the document that was written, for the receiver to be
/// held against; a stranger's bytes have none. <paramref name="Raw"/> bytes are put on the wire as they are.
/// </summary>
internal sealed record Parcel(Host From, Address To, ReadOnlyMemory<byte> Bytes, Message? Message, bool Raw = false)
{
    /// <summary>It came a second time already.</summary>
    public bool IsRepeat { get; init; }

    /// <summary>The bytes of the wire: a frame on a unix socket, the body of a POST over HTTP.</summary>
    public ReadOnlyMemory<byte> OnWire => Raw || !To.IsUnix ? Bytes : Known.Of(Frame.Encode(Bytes, Limits.FrameBytesCeiling));
}

/// <summary>What a message is called in the history.</summary>
internal static class MessageNames
{
    public static string NameOf(this Message? message) => message switch
    {
        Message.OfRequest => "request",
        Message.OfResponse => "response",
        _ => "bytes",
    };

    public static string IdOf(this Message? message) => message switch
    {
        Message.OfRequest of => of.Request.Id.Value,
        Message.OfResponse of => of.Response.Id.Value,
        _ => "",
    };
}
