using Acomm.Domain;
using Acomm.Effects;
using LanguageExt;

namespace Acomm.Adapters;

/// <summary>Reads one document from each connection of a listener, has it acknowledged, and closes.</summary>
internal sealed class UnixServer(
    UnixListener listener, Func<ReadOnlyMemory<byte>, PeerIdentity, Acknowledgement> receive, SocketAccess access, Limits limits, INodeEvents events, TimeProvider time)
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

    private Task ServeAsync(UnixConnection connection, ConnectionPlaces.Place place) => AcknowledgeAsync(connection, async () =>
    {
        using (place)
        {
            var frame = await ReadAsync(connection.Stream, place).ConfigureAwait(false);
            place.Framed();
            return frame.Match(
                Right: document => document.Map(bytes => receive(bytes, connection.Peer)),
                Left: error => Refuse(error));
        }
    });

    private Task RefuseAsync(UnixConnection connection, AcommError error) =>
        AcknowledgeAsync(connection, () => Task.FromResult(Option<Acknowledgement>.Some(Refuse(error))));

    private async Task AcknowledgeAsync(UnixConnection connection, Func<Task<Option<Acknowledgement>>> decide)
    {
        await using (connection.ConfigureAwait(false))
        {
            try
            {
                var acknowledgement = await decide().ConfigureAwait(false);
                await acknowledgement.IfSomeAsync(ack => WriteAsync(connection.Stream, ack)).ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
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

    private async Task WriteAsync(Stream stream, Acknowledgement acknowledgement)
    {
        using var over = new Deadline(limits.Write, time, CancellationToken.None);
        await stream.WriteFrameAsync(Document.Write(acknowledgement), Limits.FrameBytesCeiling, over.Token).ConfigureAwait(false);
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
