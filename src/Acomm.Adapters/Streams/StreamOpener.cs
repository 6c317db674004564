using System.Net.Sockets;
using Acomm.Domain;
using LanguageExt;

namespace Acomm.Adapters;

/// <summary>Opens streams of others, on unix sockets and over HTTP.</summary>
internal sealed class StreamOpener(OutboundHttp http, Limits limits, TimeProvider time)
{
    public async Task<Either<AcommError, Stream>> OpenAsync(Address from, Reach reach, CancellationToken cancel) =>
        reach.Check(from).Case is AcommError forbidden ? forbidden
        : from.IsUnix ? OpenUnix(from)
        : await OpenHttpAsync(from, reach, cancel).ConfigureAwait(false);

    private Either<AcommError, Stream> OpenUnix(Address from) =>
        UnixSockets.Connect(from).Map(socket =>
        {
            socket.Blocking = true;

            // Made while the socket counts as connected: one to which something cannot be sent does not any more, and can still be read.
            var stream = new NetworkStream(socket, ownsSocket: true);
            if (StreamSockets.IsChecked(from.Path))
            {
                // A server that is through already does not take it, and needs it no more.
                socket.Send(StreamSockets.Hello, 0, StreamSockets.Hello.Length, SocketFlags.None, out _);
            }

            return Watched(stream, from);
        });

    private async Task<Either<AcommError, Stream>> OpenHttpAsync(Address from, Reach reach, CancellationToken cancel)
    {
        using var over = new Deadline(limits.HttpSend, time, cancel);
        var sent = await http.SendAsync(HttpMethod.Get, from, reach, content: null, over).ConfigureAwait(false);
        return await sent.MatchAsync(
            RightAsync: reply => BodyAsync(from, reply, cancel),
            Left: Prelude.Left<AcommError, Stream>).ConfigureAwait(false);
    }

    private async Task<Either<AcommError, Stream>> BodyAsync(Address from, HttpResponseMessage reply, CancellationToken cancel)
    {
        if (HttpReply.StreamError(from, (int)reply.StatusCode).Case is not AcommError error)
            return Watched(await reply.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false), from, reply);
        reply.Dispose();
        return error;
    }

    private Stream Watched(Stream stream, Address from, IDisposable? owner = null) =>
        new WatchedStream(stream, from, limits.StreamIdle, time, owner);
}
