using Acomm.Domain;
using static LanguageExt.Prelude;

namespace Acomm.Properties.Simulation;

/// <summary>Cores that read or write something else than what was meant.</summary>
internal static class BrokenDocuments
{
    public static IReadOnlyList<BrokenCore> All { get; } =
    [
        new("a frame in pieces is lost", Invariant.Codec, () => Core.Real with
        {
            Feed = (_, bytes) => FrameDecoder.WithLimit(Limits.FrameBytesCeiling).Feed(bytes.Span),
        }),
        new("a cut frame ends cleanly", Invariant.Codec, () => Core.Real with { End = _ => None }),
        new("a frame lacks its last byte", Invariant.Codec, () => Core.Real with
        {
            Feed = (decoder, bytes) => decoder.Feed(bytes.Span) is var step && step.Frames.IsEmpty
                ? step
                : step with { Frames = step.Frames.Map(frame => frame[..^1]) },
        }),
        new("an error is read as a success", Invariant.Codec, () => Core.Real with
        {
            ReadMessage = (bytes, limits) => Document.ReadMessage(bytes, limits).Map(message =>
                message is Message.OfResponse { Response: { Outcome: Outcome.Failure } failed }
                    ? new Message.OfResponse(Response.Success(failed.Id, RawJson.Null))
                    : message),
        }),
        new("an answer is written under another id", Invariant.Codec, () => Core.Real with
        {
            WriteResponse = response => Document.Write(response with { Id = Known.Id($"{response.Id.Value}-proxied") }),
        }),
        new("a number is rounded on its way", Invariant.Codec, () => Core.Real with
        {
            WriteRequest = request => Document.Write(request with { Args = Known.Json(request.Args.ToString().Replace("1e999", "0", StringComparison.Ordinal)) }),
        }),
        new("a refusing acknowledgement is taken for an accepting one", Invariant.Codec, () => Core.Real with { ReadAck = (_, _, _) => unit }),
        new("the document null kills the process", Invariant.Total, () => Core.Real with
        {
            ReadMessage = (bytes, limits) => bytes.Span.SequenceEqual("null"u8) ? throw new InvalidOperationException("null") : Document.ReadMessage(bytes, limits),
        }),
    ];
}
