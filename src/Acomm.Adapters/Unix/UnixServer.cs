using System.Net.Sockets;
using Acomm.Domain;
using Acomm.Effects;
using LanguageExt;

namespace Acomm.Adapters;

/// <summary>Reads a document from each connection of a listener, has it acknowledged, and closes, unless the peer asked to keep it.</summary>
internal sealed class UnixServer(
    UnixListener listener, Func<ReadOnlyMemory<byte>, PeerIdentity, bool, Received> receive, SocketAccess access, Limits limits, INodeEvents events, TimeProvider time)
{
    private readonly ConnectionPlaces places = new(limits, time);

    /// <summary>Serves until it is stopped.</summary>
    public async Task RunAsync()
    {
        await foreach (var connection in listener.AcceptAsync(OnFailure).ConfigureAwait(false))
        {
            if (access.Check(connection.Peer).Case is AcommError forbidden)
                _ = RefuseAsync(connection, forbidden);
            else if (await places.EnterAsync().ConfigureAwait(false) is { } place)
                _ = ServeAsync(connection, place);
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

    private Task ServeAsync(UnixConnection connection, ConnectionPlaces.Place place) => GuardAsync(connection, async () =>
    {
        using (place)
        {
            var frame = await ReadAsync(connection.Stream, place).ConfigureAwait(false);
            place.Framed();
            var keep = limits.ConnectionInFlight > 0 && frame.Exists(f => f.Exists(document => KeepOpen.IsAsked(document, limits)));
            var acknowledgement = frame.Match(Right: document => document.Map(Receive), Left: error => Refuse(error));
            if (!keep)
                place.Dispose();
            await acknowledgement.IfSomeAsync(ack => WriteAsync(connection.Stream, ack, keep)).ConfigureAwait(false);
            if (!keep)
                return;
            place.Keep();
            using var kept = new KeptService(connection.Stream.Socket, (document, isBorrowed) => receive(document, connection.Peer, isBorrowed), Refuse, limits, time);
            await kept.RunAsync(place.Token).ConfigureAwait(false);
        }

        Acknowledgement Receive(ReadOnlyMemory<byte> document)
        {
            var received = receive(document, connection.Peer, false);
            if (received.Work.Case is IThreadPoolWorkItem work)
                ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);
            return received.Acknowledgement;
        }
    });

    private Task RefuseAsync(UnixConnection connection, AcommError error) =>
        GuardAsync(connection, () => WriteAsync(connection.Stream, Refuse(error), keep: false));

    private async Task GuardAsync(UnixConnection connection, Func<Task> serve)
    {
        await using (connection.ConfigureAwait(false))
        {
            try
            {
                await serve().ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
            {
                // The peer went without waiting for its acknowledgement; what it sent stands.
            }
            catch (Exception e)
            {
                events.Record(new NodeEvent.Faulted(e));
            }
        }
    }

    private async Task<Either<AcommError, Option<ReadOnlyMemory<byte>>>> ReadAsync(Stream stream, ConnectionPlaces.Place place)
    {
        var got = new Count();
        try
        {
            return await stream.ReadFrameAsync(limits.FrameBytes, got, place.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return place.Ended switch
            {
                PlaceEnd.Late => new AcommError.FrameTimeout(limits.FrameRead, got.Value),
                PlaceEnd.Cut => new AcommError.ConnectionLimit(limits.ConnectionsUnframed),
                _ => Option<ReadOnlyMemory<byte>>.None,
            };
        }
        catch (IOException) when (got.Value > 0)
        {
            return new AcommError.FrameTruncated(got.Value + 1, got.Value);
        }
    }

    private async Task WriteAsync(Stream stream, Acknowledgement acknowledgement, bool keep)
    {
        var document = Document.Write(acknowledgement);
        using var over = new Deadline(limits.Write, time, CancellationToken.None);
        await stream.WriteFrameAsync(keep ? KeepOpen.Offer(document, limits.ConnectionInFlight) : document, Limits.FrameBytesCeiling, over.Token).ConfigureAwait(false);
    }

    private Acknowledgement Refuse(AcommError error)
    {
        events.Record(new NodeEvent.DocumentRefused(error, 0));
        return Acknowledgement.Refuse(error);
    }

    private void OnFailure(string reason, TimeSpan pause) => events.Record(new NodeEvent.AcceptFailed(listener.Path, reason, pause));

    private sealed class Count : IProgress<long>
    {
        public long Value { get; private set; }

        public void Report(long value) => Value = value;
    }
}
