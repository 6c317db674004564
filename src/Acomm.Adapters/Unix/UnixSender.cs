using System.Net.Sockets;
using Acomm.Domain;
using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Adapters;

/// <summary>Sends a document on a connection of its own, as the Go peers do, and reads the acknowledgement.</summary>
internal sealed class UnixSender(Limits limits, TimeProvider time)
{
    public async Task<Either<AcommError, Unit>> SendAsync(Address to, ReadOnlyMemory<byte> document, CancellationToken cancel)
    {
        var framed = Frame.Encode(document, limits.FrameBytes);
        if (framed.Case is not ReadOnlyMemory<byte> frame)
            return (AcommError)framed.Case;
        var connected = await UnixSockets.ConnectAsync(to, limits.Connect, time, cancel).ConfigureAwait(false);
        if (connected.Case is not Socket socket)
            return (AcommError)connected.Case;
        using (socket)
        {
            // Made while the socket counts as connected, so that it can still be read when writing has failed.
            using var stream = new NetworkStream(socket);
            var written = await WriteAsync(socket, to, frame, cancel).ConfigureAwait(false);
            if (written.Case is AcommError error and not AcommError.PeerClosed)
                return error;

            // A peer that refuses early says so and closes, without reading to the end.
            var acknowledged = await ReadAckAsync(stream, to, cancel).ConfigureAwait(false);
            return written.IsRight || acknowledged.Case is AcommError.Rejected ? acknowledged : written;
        }
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

    private async Task<Either<AcommError, Unit>> ReadAckAsync(NetworkStream stream, Address to, CancellationToken cancel)
    {
        using var over = new Deadline(limits.AckRead, time, cancel);
        try
        {
            var frame = await stream.ReadFrameAsync(limits.FrameBytes, null, over.Token).ConfigureAwait(false);
            return frame
                .MapLeft(error => error is AcommError.FrameTruncated
                    ? new AcommError.PeerClosed(to, error.Message, Delivery.Indeterminate)
                    : (AcommError)new AcommError.BadAck(to, error.Message))
                .Bind(bytes => bytes.ToEither<AcommError>(new AcommError.PeerClosed(to, "end of stream", Delivery.Indeterminate)))
                .Bind(bytes => Acks.Read(to, bytes, limits));
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
