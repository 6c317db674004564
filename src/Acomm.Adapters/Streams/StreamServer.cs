using System.Net.Sockets;
using Acomm.Domain;
using Acomm.Effects;
using LanguageExt;

namespace Acomm.Adapters;

/// <summary>Serves sources on unix sockets of their own, each to one consumer, and reclaims what nobody opens.</summary>
internal sealed class StreamServer(StreamSockets sockets, Limits limits, INodeEvents events, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan OpeningPatience = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan DisposalPatience = TimeSpan.FromSeconds(1);

    private readonly TaskSet open = new();
    private readonly Lock gate = new();
    private StreamLoad load;

    // Cancelled one after the other by a stop: what waits to be opened, and what is being read.
    private volatile CancellationTokenSource closing = new();
    private volatile CancellationTokenSource stopping = new();

    /// <summary>Streams that are offered or being read.</summary>
    public int Open
    {
        get
        {
            lock (gate)
                return load.Offered + load.Open;
        }
    }

    /// <summary>
    /// Takes offers, also again after a stop, in a directory that is made if it is missing. Sockets that a predecessor on
    /// the same socket path left behind when it was killed are removed.
    /// </summary>
    public Either<AcommError, Unit> Start() => sockets.Prepare().Map(prepared =>
    {
        if (closing.IsCancellationRequested)
        {
            stopping = new CancellationTokenSource();
            closing = new CancellationTokenSource();
        }

        return prepared;
    });

    /// <summary>
    /// Offers a source; it is disposed when it was read, withdrawn, not opened in time, or refused:
    /// <see cref="AcommError.TooManyStreams"/>, <see cref="AcommError.ShuttingDown"/>, <see cref="AcommError.ListenFailed"/>.
    /// </summary>
    public Either<AcommError, OfferedStream> Offer(StreamSource source)
    {
        var path = sockets.NewPath();
        var listening =
            from address in Address.Unix(path)
            from _ in closing.IsCancellationRequested ? new AcommError.ShuttingDown() : Prelude.Right<AcommError, Unit>(default)
            from admitted in Admit()
            from socket in sockets.Listen(path).MapLeft(error => Unadmitted(error))
            select (address, socket);
        if (listening.IsLeft)
            open.Add(DisposeAsync(source));
        return listening.Map(l =>
        {
            var withdrawn = new CancellationTokenSource();
            open.Add(ServeAsync(l.address, l.socket, source, withdrawn.Token));
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

    private async Task ServeAsync(Address address, BoundSocket listener, StreamSource source, CancellationToken withdrawn)
    {
        var stop = stopping.Token;
        var leave = closing.Token;
        try
        {
            using var unwanted = CancellationTokenSource.CreateLinkedTokenSource(withdrawn, leave);
            var consumer = await AcceptOneAsync(address, listener, unwanted.Token).ConfigureAwait(false);

            // A transfer that has begun is no longer the offerer's to withdraw; only a stop ends it.
            if (consumer is null)
                Count(l => l.Reclaimed());
            else
                await TransferAsync(address, consumer, source, stop, leave).ConfigureAwait(false);
        }
        finally
        {
            await DisposeAsync(source).ConfigureAwait(false);
        }
    }

    private async Task TransferAsync(Address address, Socket consumer, StreamSource source, CancellationToken stop, CancellationToken leave)
    {
        Count(l => l.Opened());
        var torn = await new StreamTransfer(address, consumer, limits, time).RunAsync(source, stop, leave).ConfigureAwait(false);
        Count(l => l.Ended());
        torn.IfSome(error => events.Record(new NodeEvent.StreamFailed(address, error)));
    }

    private Either<AcommError, Unit> Admit()
    {
        lock (gate)
        {
            var more = load.Offer(limits);
            load = more.IfLeft(load);
            return more.Map(_ => Unit.Default);
        }
    }

    private AcommError Unadmitted(AcommError error)
    {
        Count(l => l.Reclaimed());
        return error;
    }

    private void Count(Func<StreamLoad, StreamLoad> change)
    {
        lock (gate)
            load = change(load);
    }

    // A source that hangs even in that is not waited for: a stop has to end.
    private async Task DisposeAsync(StreamSource source)
    {
        try
        {
            await Task.Run(async () => await source.DisposeAsync().ConfigureAwait(false)).WaitAsync(DisposalPatience, time).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            events.Record(new NodeEvent.Faulted(e));
        }
    }

    private async Task<Socket?> AcceptOneAsync(Address address, BoundSocket listener, CancellationToken unwanted)
    {
        using var over = new Deadline(limits.StreamUnopened, time, unwanted);
        try
        {
            while (true)
            {
                var consumer = await listener.Socket.AcceptAsync(over.Token).ConfigureAwait(false);
                if (sockets.Check(consumer).Case is not AcommError forbidden)
                    return consumer;
                await new StreamTransfer(address, consumer, limits, time).RefuseAsync(over.Token).ConfigureAwait(false);
                events.Record(new NodeEvent.StreamFailed(address, forbidden));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            return null;
        }
        finally
        {
            listener.Close();
        }
    }
}
