using System.Net.Sockets;
using Acomm.Domain;
using Acomm.Effects;
using LanguageExt;

namespace Acomm.Adapters;

/// <summary>Serves sources on unix sockets of their own, each to one consumer, and reclaims what nobody opens.</summary>
internal sealed class StreamServer(StreamSockets sockets, Limits limits, INodeEvents events, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan HelloPatience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan OpeningPatience = TimeSpan.FromSeconds(1);

    private readonly TaskSet open = new();

    // Cancelled one after the other by a stop: what waits to be opened, and what is being read.
    private volatile CancellationTokenSource closing = new();
    private volatile CancellationTokenSource stopping = new();

    /// <summary>
    /// Takes offers, also again after a stop, in a directory that is made if it is missing. Sockets that a predecessor on
    /// the same socket path left behind when it was killed are removed.
    /// </summary>
    public void Start()
    {
        sockets.Prepare();
        if (!closing.IsCancellationRequested)
            return;
        stopping = new CancellationTokenSource();
        closing = new CancellationTokenSource();
    }

    /// <summary>Offers a source; it is disposed when it was read, withdrawn, or not opened in time.</summary>
    public Either<AcommError, OfferedStream> Offer(StreamSource source)
    {
        var path = sockets.NewPath();
        var listening =
            from address in Address.Unix(path)
            from _ in closing.IsCancellationRequested ? new AcommError.ShuttingDown() : Prelude.Right<AcommError, Unit>(default)
            from socket in UnixSockets.ListenFresh(path, backlog: 1)
            select (address, socket);
        if (listening.IsLeft)
            open.Add(DisposeAsync(source));
        return listening.Map(l =>
        {
            var withdrawn = new CancellationTokenSource();
            open.Add(ServeAsync(l.address, l.socket, path, source, withdrawn.Token));
            return new OfferedStream(l.address, withdrawn.Cancel);
        });
    }

    /// <summary>
    /// Lets the transfers that have begun end, within a limit. What was offered just now has a moment to be opened; then
    /// it is withdrawn.
    /// </summary>
    public async Task StopAsync(TimeSpan limit)
    {
        if (await EndWithinAsync(limit < OpeningPatience ? limit : OpeningPatience, closing).ConfigureAwait(false))
            await EndWithinAsync(limit - OpeningPatience, stopping).ConfigureAwait(false);
        await stopping.CancelAsync().ConfigureAwait(false);
        await open.WhenAllAsync().ConfigureAwait(false);
    }

    /// <summary>Ends every offer and transfer.</summary>
    public async ValueTask DisposeAsync() => await StopAsync(TimeSpan.Zero).ConfigureAwait(false);

    // Whether something was still open when the time was over.
    private async Task<bool> EndWithinAsync(TimeSpan limit, CancellationTokenSource last)
    {
        var ended = open.WhenAllAsync();
        using var over = new CancellationTokenSource();
        if (limit > TimeSpan.Zero)
            await Task.WhenAny(ended, Task.Delay(limit, time, over.Token)).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        await last.CancelAsync().ConfigureAwait(false);
        return !ended.IsCompleted;
    }

    private async Task ServeAsync(Address address, Socket listener, string path, StreamSource source, CancellationToken withdrawn)
    {
        var stop = stopping.Token;
        try
        {
            await using (source.ConfigureAwait(false))
            {
                using var unwanted = CancellationTokenSource.CreateLinkedTokenSource(withdrawn, closing.Token);
                using var consumer = await AcceptOneAsync(listener, path, unwanted.Token).ConfigureAwait(false);

                // A transfer that has begun is no longer the offerer's to withdraw; only a stop ends it.
                if (consumer is not null)
                    await TransferAsync(address, consumer, source, stop).ConfigureAwait(false);
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

    private async Task<Socket?> AcceptOneAsync(Socket listener, string path, CancellationToken unwanted)
    {
        using var over = new Deadline(limits.StreamUnopened, time, unwanted);
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
            await LeaveUnreadAsync(consumer, cancel).ConfigureAwait(false);
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

    private async Task LeaveUnreadAsync(Socket consumer, CancellationToken cancel)
    {
        if (consumer.Available > 0)
            return;
        using var over = new Deadline(HelloPatience, time, cancel);
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
