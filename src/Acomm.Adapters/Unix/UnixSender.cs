using System.Buffers;
using System.Net.Sockets;
using Acomm.Domain;
using Acomm.Effects;
using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Adapters;

/// <summary>
/// Sends documents: on a connection that the peer has offered to keep, or on one of its own, as the Go peers do.
/// </summary>
internal sealed class UnixSender(KeptConnections kept, Limits limits, TimeProvider time)
{
    /// <summary>Sends on a connection that is kept, if there is one.</summary>
    public bool TrySend(Address to, ReadOnlyMemory<byte> document, ISent sent) =>
        to.UnixPath.Case is string path && kept.TrySend(path, document, sent);

    /// <summary>Sends on a connection of its own, and asks the peer to keep it.</summary>
    public async Task<Either<AcommError, Unit>> SendAsync(Address to, ReadOnlyMemory<byte> document, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (to.UnixPath.Case is not string path)
            return (AcommError)to.UnixPath.Case;
        if (Frame.CheckLength(document.Length, limits.FrameBytes).Case is AcommError wrongLength)
            return wrongLength;
        return await SendAloneAsync(to, path, document, cancel).ConfigureAwait(false);
    }

    private async Task<Either<AcommError, Unit>> SendAloneAsync(Address to, string path, ReadOnlyMemory<byte> document, CancellationToken cancel)
    {
        var connected = await UnixSockets.ConnectAsync(to, limits.Connect, time, cancel).ConfigureAwait(false);
        if (connected.Case is not Socket socket)
            return (AcommError)connected.Case;
        var keep = false;
        try
        {
            // Made while the socket counts as connected, so that it can still be read when writing has failed.
            var stream = new NetworkStream(socket);
            var written = await WriteAsync(socket, to, Asking(document), cancel).ConfigureAwait(false);
            if (written.Case is AcommError error and not AcommError.PeerClosed)
                return error;

            // A peer that refuses early says so and closes, without reading to the end.
            var reply = await ReadReplyAsync(stream, to, cancel).ConfigureAwait(false);
            var acknowledged = reply.Bind(bytes => Acks.Read(to, bytes, limits));
            if (written.IsRight && reply.ToOption().Bind(bytes => KeepOpen.Offered(bytes, limits)).Case is int window)
            {
                keep = true;
                kept.Keep(path, to, socket, window);
            }

            return written.IsRight || acknowledged.Case is AcommError.Rejected ? acknowledged : written;
        }
        finally
        {
            if (!keep)
                socket.Dispose();
        }
    }

    private ReadOnlyMemory<byte> Asking(ReadOnlyMemory<byte> document)
    {
        var asking = limits.ConnectionInFlight > 0 ? KeepOpen.Ask(document) : document;
        var frame = new ArrayBufferWriter<byte>(Frame.HeaderBytes + asking.Length);
        Frame.Write(asking.Length <= limits.FrameBytes ? asking : document, frame);
        return frame.WrittenMemory;
    }

    private async Task<Either<AcommError, Unit>> WriteAsync(Socket socket, Address to, ReadOnlyMemory<byte> frame, CancellationToken cancel)
    {
        // Most frames fit into the socket's buffer at once; and only so is it known that nothing of one was written.
        socket.Blocking = false;
        var sent = socket.Send(frame.Span, SocketFlags.None, out var failure);
        socket.Blocking = true;
        if (failure is not (SocketError.Success or SocketError.WouldBlock))
            return new AcommError.PeerClosed(to, failure.ToString(), Deliveries.AfterWriting(sent));
        using var over = new Deadline(limits.Write, time, cancel);
        try
        {
            for (var rest = frame[sent..]; !rest.IsEmpty; rest = rest[sent..])
                sent = await socket.SendAsync(rest, over.Token).ConfigureAwait(false);
            return unit;
        }
        catch (SocketException e)
        {
            return new AcommError.PeerClosed(to, e.SocketErrorCode.ToString(), Delivery.Indeterminate);
        }
        catch (OperationCanceledException) when (over.IsOver)
        {
            return new AcommError.WriteTimeout(to, limits.Write, Delivery.Indeterminate);
        }
    }

    private async Task<Either<AcommError, ReadOnlyMemory<byte>>> ReadReplyAsync(NetworkStream stream, Address to, CancellationToken cancel)
    {
        using var over = new Deadline(limits.AckRead, time, cancel);
        try
        {
            var frame = await stream.ReadFrameAsync(limits.FrameBytes, null, over.Token).ConfigureAwait(false);
            return frame
                .MapLeft(error => error is AcommError.FrameTruncated
                    ? new AcommError.PeerClosed(to, error.Message, Delivery.Indeterminate)
                    : (AcommError)new AcommError.BadAck(to, error.Message))
                .Bind(bytes => bytes.ToEither<AcommError>(new AcommError.PeerClosed(to, "end of stream", Delivery.Indeterminate)));
        }
        catch (IOException e)
        {
            return new AcommError.PeerClosed(to, e.Message, Delivery.Indeterminate);
        }
        catch (OperationCanceledException) when (over.IsOver)
        {
            return new AcommError.AckTimeout(to, limits.AckRead);
        }
    }
}
