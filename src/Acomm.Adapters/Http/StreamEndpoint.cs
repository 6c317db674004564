using Acomm.Domain;
using Acomm.Effects;
using LanguageExt;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Acomm.Adapters;

/// <summary>Serves a unix stream that was given out over HTTP. One that breaks off resets the connection: never a clean end.</summary>
internal sealed class StreamEndpoint(PublishedStreams published, StreamOpener opener, Limits limits, TimeProvider time, INodeEvents events)
{
    private const int BufferBytes = 16 << 10;

    public async Task ServeAsync(HttpContext http)
    {
        var query = http.Request.Query;
        var taken = Token.Parse(query[PublishedStreams.TokenParameter].ToString())
            .MapLeft(_ => (AcommError)new AcommError.StreamUnknown())
            .Bind(token => published.Take(token, query[PublishedStreams.AddressParameter].ToString()));
        var opened = await taken.MatchAsync(
            RightAsync: address => opener.OpenAsync(address, Reach.Anywhere, http.RequestAborted),
            Left: Prelude.Left<AcommError, Stream>).ConfigureAwait(false);
        if (opened.Case is AcommError error)
        {
            events.Record(new NodeEvent.StreamRefused(error, http.Caller()));
            http.Response.StatusCode = HttpReply.StatusOf(error);
            await http.Response.WriteAsync(error.ToString(), http.RequestAborted).ConfigureAwait(false);
            return;
        }

        var address = taken.IfLeft(_ => throw new InvalidOperationException("a stream without address was opened"));
        await using var stream = opened.IfLeft(Stream.Null).ConfigureAwait(false);
        await CopyAsync(http, address, opened.IfLeft(Stream.Null)).ConfigureAwait(false);
    }

    private async Task CopyAsync(HttpContext http, Address address, Stream stream)
    {
        http.Response.ContentType = "application/octet-stream";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        try
        {
            // The body belongs to the server, so the watch is left undisposed.
            var watched = new WatchedStream(http.Response.Body, address, limits.StreamIdle, time);
            await stream.CopyToAsync(watched, BufferBytes, http.RequestAborted).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            events.Record(new NodeEvent.StreamFailed(
                address, (e as StreamTornException)?.Error ?? new AcommError.StreamTorn(address, "its reader went")));
            http.Abort();
        }
    }
}
