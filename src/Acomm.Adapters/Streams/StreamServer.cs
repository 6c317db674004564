using System.Net.Sockets;
using System.Security.Cryptography;
using Acomm.Domain;
using Acomm.Effects;
using LanguageExt;

namespace Acomm.Adapters;

/// <summary>Serves sources on unix sockets of their own, each to one consumer, and reclaims what nobody opens.</summary>
internal sealed class StreamServer(string directory, Limits limits, INodeEvents events, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan HelloPatience = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan OpeningPatience = TimeSpan.FromSeconds(1);

    private readonly TaskSet open = new();
    private readonly CancellationTokenSource closing = new(Timeout.InfiniteTimeSpan, time);
    private readonly CancellationTokenSource stopping = new(Timeout.InfiniteTimeSpan, time);

    /// <summary>Offers a source; it is disposed when it was read, withdrawn, or not opened in time.</summary>
    public Either<AcommError, OfferedStream> Offer(StreamSource source)
    {
        var path = CheckedStreamSocket.NewPath(directory, RandomNumberGenerator.GetBytes);
        var listening =
            from address in Address.Unix(path)
            from _ in closing.IsCancellationRequested ? new AcommError.ShuttingDown() : Prelude.Right<AcommError, Unit>(default)
            from socket in UnixSockets.ListenFresh(path, backlog: 1)
            select (address, socket);
        if (listening.IsLeft)
            open.Add(DisposeAsync(source));
        return listening.Map(l =>
        {
            var withdrawn = CancellationTokenSource.CreateLinkedTokenSource(closing.Token, stopping.Token);
            open.Add(ServeAsync(l.address, l.socket, path, source, withdrawn));
            return new OfferedStream(l.address, withdrawn.Cancel);
        });
    }

    /// <summary>
    /// Lets the transfers that have begun end, within a limit. What was offered just now has a moment to be opened; then
    /// it is withdrawn.
    /// </summary>
    public async Task StopAsync(TimeSpan limit)
    {
        closing.CancelAfter(limit < OpeningPatience ? limit : OpeningPatience);
        stopping.CancelAfter(limit);
        await open.WhenAllAsync().ConfigureAwait(false);
    }

    /// <summary>Ends every offer and transfer.</summary>
    public async ValueTask DisposeAsync() => await StopAsync(TimeSpan.Zero).ConfigureAwait(false);

    private async Task ServeAsync(Address address, Socket listener, string path, StreamSource source, CancellationTokenSource withdrawn)
    {
        try
        {
            await using (source.ConfigureAwait(false))
            {
                using var consumer = await AcceptOneAsync(listener, path, withdrawn.Token).ConfigureAwait(false);

                // A transfer that has begun is no longer the offerer's to withdraw; only a stop ends it.
                if (consumer is not null)
                    await TransferAsync(address, consumer, source, stopping.Token).ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            events.Record(new NodeEvent.StreamFailed(address, new AcommError.StreamTorn(address, e.Message)));
        }
    }

    private async Task DisposeAsync(StreamSource source)
    {
        try
        {
            await source.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            events.Record(new NodeEvent.Faulted(e));
        }
    }

    private async Task<Socket?> AcceptOneAsync(Socket listener, string path, CancellationToken withdrawn)
    {
        using var over = new Deadline(limits.StreamUnopened, time, withdrawn);
        try
        {
            return await listener.AcceptAsync(over.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            return null;
        }
        finally
        {
            UnixSockets.CloseFresh(listener, path);
        }
    }

    private async Task TransferAsync(Address address, Socket consumer, StreamSource source, CancellationToken cancel)
    {
        try
        {
            var writer = new WatchedStream(new NetworkStream(consumer), address, limits.StreamIdle, time);
            await using (writer.ConfigureAwait(false))
            {
                await source.CopyToAsync(writer, cancel).ConfigureAwait(false);
                consumer.Shutdown(SocketShutdown.Send);
            }

            await UntilGoneAsync(consumer).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            var error = (e as StreamTornException)?.Error ?? new AcommError.StreamTorn(address, e.Message);
            events.Record(new NodeEvent.StreamFailed(address, error));
            await LeaveUnreadAsync(consumer).ConfigureAwait(false);
        }
    }

    // By now it has all of it, and a stop need not wait for it.
    private async Task UntilGoneAsync(Socket consumer)
    {
        using var over = new Deadline(limits.StreamIdle, time, closing.Token);
        var ignored = new byte[64];
        try
        {
            while (await consumer.ReceiveAsync(ignored, over.Token).ConfigureAwait(false) > 0)
                continue;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            // How it went does not matter.
        }
    }

    private async Task LeaveUnreadAsync(Socket consumer)
    {
        using var over = new Deadline(HelloPatience, time, CancellationToken.None);
        try
        {
            await consumer.ReceiveAsync(new byte[1], SocketFlags.Peek, over.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            // A consumer that says nothing cannot be told.
        }
    }
}
