using Acomm.Domain;
using Acomm.Effects;
using LanguageExt;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Acomm.Adapters;

/// <summary>Serves a unix stream that was given out over HTTP. One that breaks off resets the connection: never a clean end.</summary>
internal sealed class StreamEndpoint(PublishedStreams published, StreamOpener opener, Limits limits, TimeProvider time, INodeEvents events)
{
    // With the head and the end of a chunk it fits into an array of the pool, and the server need not move it.
    private const int PieceBytes = (32 << 10) - 64;

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
        using var idle = new IdleLimit(limits.StreamIdle, time);
        try
        {
            // Read into the server's own memory, and not into a buffer from which it would be copied there.
            var body = http.Response.BodyWriter;
            while (await stream.ReadAsync(body.GetMemory(PieceBytes)[..PieceBytes], http.RequestAborted).ConfigureAwait(false) is > 0 and var read)
            {
                body.Advance(read);
                await body.FlushAsync(idle.Begin(http.RequestAborted)).ConfigureAwait(false);
                idle.End();
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            events.Record(new NodeEvent.StreamFailed(address, ErrorOf(e, address, idle.IsOver(http.RequestAborted))));
            http.Abort();
        }
    }

    private AcommError ErrorOf(Exception e, Address address, bool isIdle) => e switch
    {
        StreamTornException torn => torn.Error,
        _ when isIdle => new AcommError.StreamIdle(address, limits.StreamIdle),
        _ => new AcommError.StreamTorn(address, "its reader went"),
    };
}
