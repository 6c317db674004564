using System.Buffers;
using System.Collections.Concurrent;
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
    private const int ReadBytes = 4 << 10;
    private const int LimitReaders = 256;

    private readonly ConcurrentQueue<AckReader> readers = new();

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
        var connected = UnixSockets.Connect(to);
        if (connected.Case is not Socket socket)
            return (AcommError)connected.Case;
        var keep = false;
        try
        {
            var written = await WriteAsync(socket, to, document, cancel).ConfigureAwait(false);
            if (written.Case is AcommError error and not AcommError.PeerClosed)
                return error;

            // A peer that refuses early says so and closes, without reading to the end.
            var reply = await ReadReplyAsync(socket, to, cancel).ConfigureAwait(false);
            var acknowledged = reply.Bind(bytes => Acks.Read(to, bytes, limits));
            if (limits.ConnectionInFlight > 0 && written.IsRight && reply.ToOption().Bind(bytes => KeepOpen.Offered(bytes, limits)).Case is int window)
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

    private async ValueTask<Either<AcommError, Unit>> WriteAsync(Socket socket, Address to, ReadOnlyMemory<byte> document, CancellationToken cancel)
    {
        var asking = limits.ConnectionInFlight > 0 ? KeepOpen.Ask(document) : document;
        var frame = new ArrayBufferWriter<byte>(Frame.HeaderBytes + asking.Length);
        Frame.Write(asking.Length <= limits.FrameBytes ? asking : document, frame);

        // Most frames fit into the socket's buffer at once; and only so is it known that nothing of one was written.
        var sent = socket.Send(frame.WrittenSpan, SocketFlags.None, out var failure);
        if (failure is not (SocketError.Success or SocketError.WouldBlock))
            return new AcommError.PeerClosed(to, failure.ToString(), Deliveries.AfterWriting(sent));
        return sent == frame.WrittenCount ? unit : await WriteRestAsync(socket, to, frame.WrittenMemory[sent..], cancel).ConfigureAwait(false);
    }

    private async Task<Either<AcommError, Unit>> WriteRestAsync(Socket socket, Address to, ReadOnlyMemory<byte> rest, CancellationToken cancel)
    {
        using var over = new Deadline(limits.Write, time, cancel);
        try
        {
            while (!rest.IsEmpty)
                rest = rest[await socket.SendAsync(rest, over.Token).ConfigureAwait(false)..];
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

    private async ValueTask<Either<AcommError, ReadOnlyMemory<byte>>> ReadReplyAsync(Socket socket, Address to, CancellationToken cancel)
    {
        if (!readers.TryDequeue(out var reader))
            reader = new AckReader(time);
        var buffer = ArrayPool<byte>.Shared.Rent(ReadBytes);
        reader.Begin(socket, limits.AckRead);
        try
        {
            using var given = cancel.UnsafeRegister(static reader => ((AckReader)reader!).End(), reader);
            var frame = await ReadFrameAsync(socket, reader, buffer).ConfigureAwait(false);
            var reply = frame.IfLeft(Option<ReadOnlyMemory<byte>>.None);
            if (reply.IsSome)
                return reply.IfNone(default(ReadOnlyMemory<byte>));
            cancel.ThrowIfCancellationRequested();
            return reader.IsLate ? new AcommError.AckTimeout(to, limits.AckRead) : frame
                .MapLeft(error => error is AcommError.FrameTruncated
                    ? new AcommError.PeerClosed(to, error.Message, Delivery.Indeterminate)
                    : (AcommError)new AcommError.BadAck(to, error.Message))
                .Bind(bytes => bytes.ToEither<AcommError>(new AcommError.PeerClosed(to, "end of stream", Delivery.Indeterminate)));
        }
        catch (SocketException e)
        {
            return new AcommError.PeerClosed(to, e.Message, Delivery.Indeterminate);
        }
        finally
        {
            reader.Done();
            ArrayPool<byte>.Shared.Return(buffer);
            if (readers.Count < LimitReaders)
                readers.Enqueue(reader);
            else
                reader.Dispose();
        }
    }

    private async ValueTask<Either<AcommError, Option<ReadOnlyMemory<byte>>>> ReadFrameAsync(Socket socket, AckReader reader, byte[] buffer)
    {
        for (var decoder = FrameDecoder.WithLimit(limits.FrameBytes); ;)
        {
            var read = await reader.ReceiveAsync(buffer).ConfigureAwait(false);
            if (read == 0)
                return FrameStream.AtEnd(decoder);
            var step = decoder.Feed(buffer.AsSpan(0, read));
            if (FrameStream.OnlyFrame(step, read == buffer.Length && socket.Available > 0) is { } end)
                return end;
            decoder = step.Decoder;
        }
    }
}
