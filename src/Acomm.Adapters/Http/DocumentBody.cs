using Acomm.Domain;
using Acomm.Effects;
using LanguageExt;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Acomm.Adapters;

/// <summary>Takes the document out of a POST: so many bytes, whatever length it says it has, within so much time.</summary>
internal sealed class DocumentBody(Limits limits, INodeEvents events, TimeProvider time)
{
    /// <summary>The document, or why it was not taken, which is told as an event as well.</summary>
    public async Task<Either<AcommError, ReadOnlyMemory<byte>>> ReadAsync(HttpContext http)
    {
        var read = Refusal(http.Request).Case is AcommError refused ? refused : await ReadBodyAsync(http).ConfigureAwait(false);
        read.IfLeft(error => events.Record(new NodeEvent.DocumentRefused(error, 0)));
        return read;
    }

    // A page in a browser can post anything to a local address but this media type, which its user's consent is needed for.
    private Option<AcommError> Refusal(HttpRequest request) =>
        !request.HasJsonContentType() ? new AcommError.DocumentMalformed("body", "is not declared as application/json", 0)
        : request.ContentLength > limits.FrameBytes ? new AcommError.FrameTooLong(limits.FrameBytes, request.ContentLength.Value)
        : Option<AcommError>.None;

    private async Task<Either<AcommError, ReadOnlyMemory<byte>>> ReadBodyAsync(HttpContext http)
    {
        // Ours is the limit that counts here, also where the server's is lower.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
        using var over = new Deadline(limits.FrameRead, time, http.RequestAborted);
        var got = 0;
        try
        {
            return await BoundedBody.ReadAsync(http.Request.Body, limits.FrameBytes, over.Token, bytes => got = bytes).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (over.IsOver)
        {
            return new AcommError.FrameTimeout(limits.FrameRead, got);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            return new AcommError.FrameTruncated(http.Request.ContentLength ?? got + 1, got);
        }
    }
}
