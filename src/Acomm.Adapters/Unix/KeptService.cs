using System.Buffers;
using System.Net.Sockets;
using Acomm.Domain;
using Acomm.Effects;

namespace Acomm.Adapters;

/// <summary>
/// Serves the further documents of a connection whose peer asked to keep it. What has come together is taken together,
/// and its acknowledgements go back in one piece, in order. When it ends on this side, the peer can write nothing more
/// from that moment on, and what it had written is still taken: so nothing is lost between the two.
/// </summary>
internal sealed class KeptService : IDisposable
{
    private const int ReadBytes = 64 << 10;
    private const int ReplyBytes = 16 << 10;

    // What a peer that reads nothing may cost a stop.
    private static readonly TimeSpan Parting = TimeSpan.FromSeconds(1);

    private static readonly ReadOnlyMemory<byte> AcceptedText = Document.Write(Acknowledgement.Ok);

    private readonly ArrayBufferWriter<byte> replies = new();
    private readonly Socket socket;
    private readonly Func<ReadOnlyMemory<byte>, bool, Received> receive;
    private readonly Func<AcommError, Acknowledgement> refuse;
    private readonly Limits limits;
    private readonly TimeProvider time;
    private readonly Watch watch;
    private FrameDecoder decoder;
    private IThreadPoolWorkItem? last;
    private long frameSince;
    private long usedAt;
    private volatile bool inFrame;
    private volatile bool replying;
    private volatile bool late;
    private volatile bool parting;
    private long partingSince;

    public KeptService(
        Socket socket, Func<ReadOnlyMemory<byte>, bool, Received> receive, Func<AcommError, Acknowledgement> refuse, Limits limits, TimeProvider time)
    {
        (this.socket, this.receive, this.refuse, this.limits, this.time) = (socket, receive, refuse, limits, time);
        decoder = FrameDecoder.WithLimit(limits.FrameBytes);
        usedAt = time.GetTimestamp();
        watch = new Watch(time, EndIfDue);
    }

    /// <summary>Serves until the peer closes, nothing comes for long, a frame takes too long or is wrong, or the token is cancelled.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var onStop = stop.UnsafeRegister(_ => Part(), null);
        watch.AtMost(Idle);
        var buffer = ArrayPool<byte>.Shared.Rent(ReadBytes);
        try
        {
            await RunAsync(buffer).ConfigureAwait(false);
        }
        finally
        {
            // What was accepted is handled, even if the peer does not hear of it.
            Execute(TakeLast());
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public void Dispose() => watch.Dispose();

    // The sender closes first, so that it does not write to what is being closed.
    private TimeSpan Idle => 2 * limits.ConnectionIdle;

    private TimeSpan ReplyLimit => parting && Parting < limits.Write ? Parting : limits.Write;

    private async Task RunAsync(byte[] buffer)
    {
        while (decoder.Error.IsNone)
        {
            var got = await new ReceiveThenExecute(socket.ReceiveAsync(buffer.AsMemory(), SocketFlags.None), TakeLast());
            usedAt = time.GetTimestamp();
            if (got == 0)
                break;
            var frames = 0;
            var wasInFrame = inFrame;

            // What takes long from here on is not the peer's fault.
            inFrame = false;
            for (var at = 0; TryTake(buffer, ref at, got); frames++)
            {
                // A refusal is longer than the smallest frame: what nobody reads is not to be held many times over.
                if (replies.WrittenCount >= ReplyBytes)
                    await WriteRepliesAsync().ConfigureAwait(false);
            }

            if (decoder.Error.IsNone && !decoder.IsAtBoundary)
            {
                if (!wasInFrame || frames > 0)
                    frameSince = usedAt;
                inFrame = true;
                watch.AtMost(limits.FrameRead);
            }

            await WriteRepliesAsync().ConfigureAwait(false);
        }

        var error = late ? new AcommError.FrameTimeout(limits.FrameRead, decoder.GotBytes) : decoder.End();
        await error.IfSomeAsync(async e =>
        {
            Reply(refuse(e));
            await WriteRepliesAsync().ConfigureAwait(false);
        }).ConfigureAwait(false);
    }

    // What lies whole in the buffer is read there.
    private bool TryTake(byte[] buffer, ref int at, int end)
    {
        var rest = (ReadOnlySpan<byte>)buffer.AsSpan(at, end - at);
        decoder = decoder.Next(ref rest, out var frame);
        at = end - rest.Length;
        if (frame.IsEmpty)
            return false;
        if (buffer.AsSpan().Overlaps(frame, out var offset))
            Take(buffer.AsMemory(offset, frame.Length), isBorrowed: true);
        else
            Take(frame.ToArray(), isBorrowed: false);
        return true;
    }

    // The last of those that came together is executed by this thread, when it has nothing else to do.
    private void Take(ReadOnlyMemory<byte> document, bool isBorrowed)
    {
        var received = receive(document, isBorrowed);
        Reply(received.Acknowledgement);
        if (received.Work.Case is not IThreadPoolWorkItem work)
            return;
        Execute(last);
        last = work;
    }

    private IThreadPoolWorkItem? TakeLast()
    {
        var work = last;
        last = null;
        return work;
    }

    private static void Execute(IThreadPoolWorkItem? work)
    {
        if (work is not null)
            ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: true);
    }

    private void Reply(Acknowledgement acknowledgement) =>
        Frame.Write(acknowledgement is Acknowledgement.Accepted ? AcceptedText : Document.Write(acknowledgement), replies);

    private async Task WriteRepliesAsync()
    {
        if (replies.WrittenCount == 0)
            return;
        for (var rest = replies.WrittenMemory; !rest.IsEmpty;)
        {
            var sending = socket.SendAsync(rest, SocketFlags.None);
            if (!sending.IsCompleted)
                WaitForPeer();
            rest = rest[await sending.ConfigureAwait(false)..];
        }

        replying = false;
        replies.ResetWrittenCount();
    }

    private void WaitForPeer()
    {
        if (replying)
            return;
        (usedAt, replying) = (time.GetTimestamp(), true);
        watch.AtMost(ReplyLimit);
    }

    private void EndIfDue()
    {
        var (limit, since) = replying ? (ReplyLimit, parting ? partingSince : usedAt) : inFrame ? (limits.FrameRead, frameSince) : (Idle, usedAt);
        var left = limit - time.GetElapsedTime(since);
        if (left > TimeSpan.Zero)
        {
            watch.AtMost(left);
        }
        else if (replying)
        {
            socket.Dispose();
        }
        else
        {
            late = inFrame;
            TakeNoMore();
        }
    }

    private void Part()
    {
        (partingSince, parting) = (time.GetTimestamp(), true);
        watch.AtMost(ReplyLimit);
        TakeNoMore();
    }

    private void TakeNoMore()
    {
        try
        {
            socket.Shutdown(SocketShutdown.Receive);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It has ended already.
        }
    }
}
