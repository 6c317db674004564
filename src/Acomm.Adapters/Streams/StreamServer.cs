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

    private readonly Lock gate = new();
    private readonly System.Collections.Generic.HashSet<Task> open = [];
    private readonly CancellationTokenSource stopping = new();

    /// <summary>Offers a source; it is disposed when it was read, withdrawn, or not opened in time.</summary>
    public Either<AcommError, OfferedStream> Offer(StreamSource source)
    {
        var path = CheckedStreamSocket.NewPath(directory, RandomNumberGenerator.GetBytes);
        var listening =
            from address in Address.Unix(path)
            from _ in stopping.IsCancellationRequested ? new AcommError.ShuttingDown() : Prelude.Right<AcommError, Unit>(default)
            from socket in UnixSockets.ListenFresh(path, backlog: 1)
            select (address, socket);
        if (listening.IsLeft)
            Track(source.DisposeAsync().AsTask());
        return listening.Map(l =>
        {
            var withdrawn = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
            Track(ServeAsync(l.address, l.socket, path, source, withdrawn));
            return new OfferedStream(l.address, withdrawn.Cancel);
        });
    }

    /// <summary>Ends every offer and transfer.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync().ConfigureAwait(false);
        Task[] left;
        lock (gate)
            left = [.. open];
        await Task.WhenAll(left).ConfigureAwait(false);
    }

    private void Track(Task serving)
    {
        lock (gate)
            open.Add(serving);
        _ = serving.ContinueWith(
            done =>
            {
                lock (gate)
                    open.Remove(done);
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

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

            await UntilGoneAsync(consumer, cancel).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            var error = (e as StreamTornException)?.Error ?? new AcommError.StreamTorn(address, e.Message);
            events.Record(new NodeEvent.StreamFailed(address, error));
            await LeaveUnreadAsync(consumer).ConfigureAwait(false);
        }
    }

    private async Task UntilGoneAsync(Socket consumer, CancellationToken cancel)
    {
        using var over = new Deadline(limits.StreamIdle, time, cancel);
        var ignored = new byte[64];
        try
        {
            while (await consumer.ReceiveAsync(ignored, over.Token).ConfigureAwait(false) > 0)
                continue;
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            // It has all of it; how it went does not matter.
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
