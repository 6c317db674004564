using System.Net.Sockets;
using Acomm.Domain;
using Acomm.Effects;
using LanguageExt;

namespace Acomm.Adapters;

/// <summary>
/// Copies a source to its one consumer. That ends with the source, or when the consumer goes, or when nothing moves for too
/// long, or by a stop. The source is told by its token then, and one that does not listen is left behind.
/// </summary>
internal sealed class StreamTransfer(Address address, Socket consumer, Limits limits, TimeProvider time)
{
    private static readonly TimeSpan HelloPatience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SourcePatience = TimeSpan.FromMilliseconds(100);

    // The system keeps twice as much, and one buffer of its own is never longer than this without its head: so a piece of the
    // source goes in whole, and two of them. With the one in hand that is all that a slow reader costs.
    private const int SendBufferBytes = StreamSource.PieceBytes + 64;

    /// <summary>Ends with the consumer having it all, or seeing that it does not. Closes the consumer's socket.</summary>
    /// <param name="source">Is not disposed.</param>
    /// <param name="stop">Ends the copying.</param>
    /// <param name="leave">Ends the waiting for a consumer that has it all to close.</param>
    public async Task<Option<AcommError>> RunAsync(StreamSource source, CancellationToken stop, CancellationToken leave)
    {
        using var idle = new IdleLimit(limits.StreamIdle, time);
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(idle.Begin(stop));
        var watching = WatchAsync(gone);
        var copying = Task.CompletedTask;
        try
        {
            consumer.SendBufferSize = SendBufferBytes;
            using var writer = new WatchedStream(
                new NetworkStream(consumer), address, limits.StreamIdle, time, moved: () => idle.Begin(stop));

            // On another thread, since a source may block instead of waiting.
            copying = Task.Run(() => source.CopyToAsync(writer, gone.Token), CancellationToken.None);
            await copying.WaitAsync(gone.Token).ConfigureAwait(false);
            await gone.CancelAsync().ConfigureAwait(false);
            await watching.ConfigureAwait(false);
            consumer.Shutdown(SocketShutdown.Send);
            await UntilClosedAsync(leave).ConfigureAwait(false);
            return Option<AcommError>.None;
        }
        catch (Exception e)
        {
            var error = ErrorOf(e, idle.IsOver(stop), stop.IsCancellationRequested);
            await gone.CancelAsync().ConfigureAwait(false);
            await watching.ConfigureAwait(false);
            await LeaveUnreadAsync(stop).ConfigureAwait(false);
            consumer.Dispose();
            await LeaveBehindAsync(copying).ConfigureAwait(false);
            return error;
        }
        finally
        {
            consumer.Dispose();
        }
    }

    /// <summary>Lets the consumer see that it gets nothing, and closes its socket.</summary>
    public async Task RefuseAsync(CancellationToken stop)
    {
        using (consumer)
            await LeaveUnreadAsync(stop).ConfigureAwait(false);
    }

    private AcommError ErrorOf(Exception e, bool isIdle, bool isStopped) => e switch
    {
        StreamTornException torn => torn.Error,
        OperationCanceledException when isStopped => new AcommError.StreamTorn(address, "the node was stopped"),
        OperationCanceledException when isIdle => new AcommError.StreamIdle(address, limits.StreamIdle),
        OperationCanceledException => new AcommError.StreamTorn(address, "its reader went"),
        _ => new AcommError.StreamTorn(address, e.Message),
    };

    private async Task WatchAsync(CancellationTokenSource gone)
    {
        if (await consumer.IsClosedByPeerAsync(gone.Token).ConfigureAwait(false))
            await gone.CancelAsync().ConfigureAwait(false);
    }

    // By now it has all of it, and a stop need not wait for it.
    private async Task UntilClosedAsync(CancellationToken leave)
    {
        using var over = new Deadline(limits.StreamIdle, time, leave);
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

    // A consumer that says nothing cannot be told that its stream is torn.
    private async Task LeaveUnreadAsync(CancellationToken stop)
    {
        using var over = new Deadline(HelloPatience, time, stop);
        try
        {
            if (consumer.Available == 0)
                await consumer.ReceiveAsync(new byte[1], SocketFlags.Peek, over.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // It went, or does not say anything in time.
        }
    }

    private async Task LeaveBehindAsync(Task copying)
    {
        _ = copying.ContinueWith(static left => left.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        using var over = new CancellationTokenSource();
        await Task.WhenAny(copying, Task.Delay(SourcePatience, time, over.Token)).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
    }
}
