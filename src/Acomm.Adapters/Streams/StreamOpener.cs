using System.Net.Sockets;
using Acomm.Domain;
using LanguageExt;

namespace Acomm.Adapters;

/// <summary>Opens streams of others, on unix sockets and over HTTP.</summary>
internal sealed class StreamOpener(IHttpClientFactory clients, Limits limits, TimeProvider time)
{
    public async Task<Either<AcommError, Stream>> OpenAsync(Address from, Reach reach, CancellationToken cancel) =>
        reach.Check(from).Case is AcommError forbidden ? forbidden
        : from.IsUnix ? await OpenUnixAsync(from, cancel).ConfigureAwait(false)
        : await OpenHttpAsync(from, reach, cancel).ConfigureAwait(false);

    private async Task<Either<AcommError, Stream>> OpenUnixAsync(Address from, CancellationToken cancel)
    {
        var connected = await UnixSockets.ConnectAsync(from, limits.Connect, time, cancel).ConfigureAwait(false);
        return connected.Map(socket =>
        {
            if (StreamSockets.IsChecked(from.Path))
            {
                // A server that is through already does not take it, and needs it no more.
                socket.Send(StreamSockets.Hello, 0, StreamSockets.Hello.Length, SocketFlags.None, out _);
            }

            return Watched(new NetworkStream(socket, ownsSocket: true), from);
        });
    }

    private async Task<Either<AcommError, Stream>> OpenHttpAsync(Address from, Reach reach, CancellationToken cancel)
    {
        if (from.HttpTarget.Case is not string target)
            return (AcommError)from.HttpTarget.Case;
        using var over = new Deadline(limits.HttpSend, time, cancel);
        try
        {
            using var request = OutboundHttp.NewRequest(HttpMethod.Get, from, target, reach);
            var client = OutboundHttp.ClientFor(clients, reach);
            var reply = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, over.Token).ConfigureAwait(false);
            if (reply.IsSuccessStatusCode)
                return Watched(await reply.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false), from, reply);
            using (reply)
                return StatusError(from, (int)reply.StatusCode);
        }
        catch (HttpRequestException e)
        {
            return OutboundHttp.ErrorOf(from, e);
        }
        catch (UriFormatException e)
        {
            return new AcommError.AddressUnusable(from, e.Message);
        }
        catch (OperationCanceledException e) when (OutboundHttp.ErrorOf(from, e, limits) is { } error)
        {
            return error;
        }
        catch (OperationCanceledException) when (over.IsOver)
        {
            return new AcommError.AckTimeout(from, limits.HttpSend);
        }
    }

    private Stream Watched(Stream stream, Address from, IDisposable? owner = null) =>
        new WatchedStream(stream, from, limits.StreamIdle, time, owner);

    private static AcommError StatusError(Address from, int status) => status switch
    {
        >= 300 and < 400 => new AcommError.RedirectRefused(from, status),
        404 or 410 => new AcommError.StreamUnknown(),
        _ => new AcommError.HttpStatus(from, status),
    };
}
