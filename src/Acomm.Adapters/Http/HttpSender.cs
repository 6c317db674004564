using System.Net.Http.Headers;
using Acomm.Domain;
using LanguageExt;

namespace Acomm.Adapters;

/// <summary>Sends a document as a POST and reads the acknowledgement from the reply's body.</summary>
internal sealed class HttpSender(IHttpClientFactory clients, Limits limits, TimeProvider time)
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    public async Task<Either<AcommError, Unit>> SendAsync(Address to, ReadOnlyMemory<byte> document, Reach reach, CancellationToken cancel)
    {
        if (to.HttpTarget.Case is not string target)
            return (AcommError)to.HttpTarget.Case;
        using var over = new Deadline(limits.HttpSend, time, cancel);
        try
        {
            using var request = OutboundHttp.NewRequest(HttpMethod.Post, to, target, reach);
            request.Content = new ReadOnlyMemoryContent(document) { Headers = { ContentType = Json } };
            using var client = OutboundHttp.ClientFor(clients, reach);
            using var reply = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, over.Token).ConfigureAwait(false);
            var body = await BoundedBody.ReadAsync(
                await reply.Content.ReadAsStreamAsync(over.Token).ConfigureAwait(false), limits.FrameBytes, over.Token).ConfigureAwait(false);
            return body.Match(
                Right: bytes => Acks.Read(to, (int)reply.StatusCode, bytes, limits),
                Left: tooLong => new AcommError.BadAck(to, tooLong.Message));
        }
        catch (HttpRequestException e)
        {
            return OutboundHttp.ErrorOf(to, e);
        }
        catch (IOException e)
        {
            return new AcommError.BadAck(to, e.Message);
        }
        catch (UriFormatException e)
        {
            return new AcommError.AddressUnusable(to, e.Message);
        }
        catch (OperationCanceledException e) when (OutboundHttp.ErrorOf(to, e, limits) is { } error)
        {
            return error;
        }
        catch (OperationCanceledException) when (over.IsOver)
        {
            return new AcommError.AckTimeout(to, limits.HttpSend);
        }
    }
}
