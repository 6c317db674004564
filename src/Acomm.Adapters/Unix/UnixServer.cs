using System.Buffers;
using System.Net.Sockets;
using Acomm.Domain;
using Acomm.Effects;
using LanguageExt;

namespace Acomm.Adapters;

/// <summary>Reads a document from each connection of a listener, has it acknowledged, and closes, unless the peer asked to keep it.</summary>
internal sealed class UnixServer(
    UnixListener listener, Func<ReadOnlyMemory<byte>, PeerIdentity, bool, Received> receive, SocketAccess access, Limits limits, INodeEvents events, TimeProvider time)
{
    private const int ReadBytes = 16 << 10;

    private static readonly ReadOnlyMemory<byte> AcceptedFrame = FrameOf(Document.Write(Acknowledgement.Ok));

    private readonly ConnectionPlaces places = new(limits, time);

    /// <summary>Serves until it is stopped.</summary>
    public async Task RunAsync()
    {
        await foreach (var connection in listener.AcceptAsync(OnFailure).ConfigureAwait(false))
        {
            if (access.Check(connection.Peer).Case is AcommError forbidden)
                _ = ServeAsync(connection, null, forbidden);
            else if (await places.EnterAsync().ConfigureAwait(false) is { } place)
                _ = ServeAsync(connection, place, null);
            else
                await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Closes at once what has not sent a whole frame, and waits until whoever has is acknowledged.</summary>
    public async Task StopAsync()
    {
        places.Stop();
        await listener.StopAsync().ConfigureAwait(false);
    }

    private async Task ServeAsync(UnixConnection connection, ConnectionPlaces.Place? place, AcommError? forbidden)
    {
        try
        {
            connection.Socket.Blocking = false;
            if (place is not null)
                await ServeAsync(connection, place).ConfigureAwait(false);
            else if (forbidden is not null)
                await WriteAsync(connection.Socket, Refuse(forbidden), keep: false).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The peer went without waiting for its acknowledgement; what it sent stands.
        }
        catch (Exception e)
        {
            events.Record(new NodeEvent.Faulted(e));
        }
        finally
        {
            place?.Dispose();
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask ServeAsync(UnixConnection connection, ConnectionPlaces.Place place)
    {
        var frame = await ReadAsync(connection.Socket, place).ConfigureAwait(false);
        place.Framed();
        var keep = limits.ConnectionInFlight > 0 && frame.Exists(f => f.Exists(document => KeepOpen.IsAsked(document, limits)));
        var acknowledgement = frame.Match(
            Right: document => document.Map(bytes => Receive(bytes, connection.Peer)),
            Left: error => Refuse(error));
        if (!keep)
            place.Dispose();
        if (acknowledgement.Case is Acknowledgement reply)
            await WriteAsync(connection.Socket, reply, keep).ConfigureAwait(false);
        if (keep)
            await KeepAsync(connection, place).ConfigureAwait(false);
    }

    private Acknowledgement Receive(ReadOnlyMemory<byte> document, PeerIdentity peer)
    {
        var received = receive(document, peer, false);
        if (received.Work.Case is IThreadPoolWorkItem work)
            ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);
        return received.Acknowledgement;
    }

    private async Task KeepAsync(UnixConnection connection, ConnectionPlaces.Place place)
    {
        place.Keep();
        using var kept = new KeptService(connection.Socket, (document, isBorrowed) => receive(document, connection.Peer, isBorrowed), Refuse, limits, time);
        await kept.RunAsync(place.Token).ConfigureAwait(false);
    }

    private async ValueTask<Either<AcommError, Option<ReadOnlyMemory<byte>>>> ReadAsync(Socket socket, ConnectionPlaces.Place place)
    {
        var decoder = FrameDecoder.WithLimit(limits.FrameBytes);
        var buffer = ArrayPool<byte>.Shared.Rent(ReadBytes);
        try
        {
            while (true)
            {
                // Mostly it has come by now, and nothing is needed that waits.
                var read = socket.Receive(buffer, SocketFlags.None, out var failure);
                if (failure == SocketError.WouldBlock)
                    read = await socket.ReceiveAsync(buffer, place.Token).ConfigureAwait(false);
                else if (failure != SocketError.Success)
                    throw new SocketException((int)failure);
                if (read == 0)
                    return FrameStream.AtEnd(decoder);
                var step = decoder.Feed(buffer.AsSpan(0, read));
                if (FrameStream.OnlyFrame(step, read == buffer.Length && socket.Available > 0) is { } end)
                    return end;
                decoder = step.Decoder;
            }
        }
        catch (OperationCanceledException)
        {
            return place.Ended switch
            {
                PlaceEnd.Late => new AcommError.FrameTimeout(limits.FrameRead, decoder.GotBytes),
                PlaceEnd.Cut => new AcommError.ConnectionLimit(limits.ConnectionsUnframed),
                _ => Option<ReadOnlyMemory<byte>>.None,
            };
        }
        catch (SocketException) when (decoder.GotBytes > 0)
        {
            return new AcommError.FrameTruncated(decoder.GotBytes + 1, decoder.GotBytes);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async ValueTask WriteAsync(Socket socket, Acknowledgement acknowledgement, bool keep)
    {
        var frame = keep ? FrameOf(KeepOpen.Offer(Document.Write(acknowledgement), limits.ConnectionInFlight))
            : acknowledgement is Acknowledgement.Accepted ? AcceptedFrame
            : FrameOf(Document.Write(acknowledgement));
        var sent = socket.Send(frame.Span, SocketFlags.None, out var failure);
        if (failure is not (SocketError.Success or SocketError.WouldBlock))
            throw new SocketException((int)failure);
        if (sent == frame.Length)
            return;
        using var over = new Deadline(limits.Write, time, CancellationToken.None);
        for (var rest = frame[sent..]; !rest.IsEmpty;)
            rest = rest[await socket.SendAsync(rest, over.Token).ConfigureAwait(false)..];
    }

    private static ReadOnlyMemory<byte> FrameOf(ReadOnlyMemory<byte> document)
    {
        var frame = new ArrayBufferWriter<byte>(Frame.HeaderBytes + document.Length);
        Frame.Write(document, frame);
        return frame.WrittenMemory;
    }

    private Acknowledgement Refuse(AcommError error)
    {
        events.Record(new NodeEvent.DocumentRefused(error, 0));
        return Acknowledgement.Refuse(error);
    }

    private void OnFailure(string reason, TimeSpan pause) => events.Record(new NodeEvent.AcceptFailed(listener.Path, reason, pause));
}
