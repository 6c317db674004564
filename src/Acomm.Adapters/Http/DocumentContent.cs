using System.Net;
using System.Net.Http.Headers;

namespace Acomm.Adapters;

/// <summary>A document as the body of a POST. It knows whether it was begun to be written, which is when the request's head is written too.</summary>
internal sealed class DocumentContent : HttpContent
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private readonly ReadOnlyMemory<byte> document;
    private volatile bool isWritten;

    public DocumentContent(ReadOnlyMemory<byte> document)
    {
        this.document = document;
        Headers.ContentType = Json;
    }

    /// <summary>Whether any of it may have been written to a connection.</summary>
    public bool IsWritten => isWritten;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        isWritten = true;
        await stream.WriteAsync(document, cancellationToken).ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = document.Length;
        return true;
    }
}
