using System.Buffers;
using System.Net.Sockets;
using Acomm.Domain;
using Acomm.Effects;
using LanguageExt;

namespace Acomm.Adapters;

/// <summary>
/// A connection to one of our own peers that carries many documents. They are written in the order in which they are
/// given, those that have queued up together, and acknowledged in that order. When it breaks, each document that was not
/// acknowledged is either not sent, if no byte of it was written, or indeterminate.
/// </summary>
internal sealed class KeptConnection : IThreadPoolWorkItem, IDisposable
{
    private const int ReadBytes = 16 << 10;

    // Documents that wait to be written, beyond the one that is; past it another connection serves better.
    private const int QueuedBytesLimit = 256 << 10;

    private static readonly Either<AcommError, Unit> Accepted = Unit.Default;
    private static readonly byte[] AcceptedText = Document.Write(Acknowledgement.Ok).ToArray();

    // Taken before the other one, where both are.
    private readonly Lock sending = new();
    private readonly Lock gate = new();
    private readonly Flights flights = new();
    private readonly Socket socket;
    private readonly Address peer;
    private readonly Limits limits;
    private readonly int window;
    private readonly TimeProvider time;
    private readonly Watch watch;
    private readonly Action<KeptConnection> closed;
    private readonly byte[] received = new byte[ReadBytes];
    private FrameDecoder decoder;
    private ArrayBufferWriter<byte> queue = new();
    private ArrayBufferWriter<byte> spare = new();
    private bool writing;
    private bool takesNoMore;
    private bool ended;

    /// <summary>Takes over, and owns, a connection on which nothing is under way, and for which the peer has offered this window.</summary>
    public KeptConnection(Socket socket, Address peer, int window, Limits limits, TimeProvider time, Action<KeptConnection> closed)
    {
        (this.socket, this.peer, this.window, this.limits, this.time, this.closed) = (socket, peer, window, limits, time, closed);
        socket.Blocking = false;
        decoder = FrameDecoder.WithLimit(limits.FrameBytes);
        flights.UsedAt = time.GetTimestamp();
        watch = new Watch(time, OnDue);
        watch.AtMost(limits.ConnectionIdle);
        _ = NoContext.Run(ReadAsync);
    }

    /// <summary>Whether it takes no more.</summary>
    public bool HasEnded => Volatile.Read(ref takesNoMore);

    /// <summary>Sends a document, unless it takes no more, now or at all. The acknowledgement is told.</summary>
    public bool TrySend(ReadOnlyMemory<byte> document, ISent sent)
    {
        bool alone;
        lock (gate)
        {
            if (takesNoMore || flights.Count >= window || queue.WrittenCount > QueuedBytesLimit)
                return false;
            Frame.Write(document, queue);
            flights.Add(sent, Frame.HeaderBytes + document.Length, time.GetTimestamp());
            if (writing)
                return true;
            (writing, alone) = (true, flights.Count == 1);
        }

        watch.AtMost(limits.AckRead < limits.Write ? limits.AckRead : limits.Write);

        // One alone goes at once. Where there are others more will come soon, and go with it in one call.
        if (alone)
            Write(stays: false);
        else
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        return true;
    }

    public void Execute() => Write(stays: true);

    /// <summary>Ends it; what is under way is told so.</summary>
    public void Dispose() => End((_, delivery) => new AcommError.PeerClosed(peer, "this node closed the connection", delivery));

    // Whoever sends does not stay to write what others send meanwhile: that might not end.
    private void Write(bool stays)
    {
        do
        {
            if (TakeQueue() is not { } frames || SendNow(frames.WrittenMemory) is not { } rest)
                return;
            if (!rest.IsEmpty)
            {
                _ = WriteRestAsync(rest);
                return;
            }
        }
        while (stays);
        if (HasMore())
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    private async Task WriteRestAsync(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            for (var rest = bytes; !rest.IsEmpty;)
            {
                // One byte waits for room. Of more it would not be known how many were written, if that failed on the way.
                await socket.SendAsync(rest[..1], SocketFlags.None).ConfigureAwait(false);
                Wrote(1);
                if (SendNow(rest[1..]) is not { } left)
                    return;
                rest = left;
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            EndWriting(Reason(e));
            return;
        }

        Write(stays: true);
    }

    // What there was no room for; null if it takes no more. Under the lock nobody ends it before what was written is counted.
    private ReadOnlyMemory<byte>? SendNow(ReadOnlyMemory<byte> bytes)
    {
        var failure = SocketError.Success;
        lock (sending)
        {
            if (ended)
                return null;
            var sent = bytes.IsEmpty ? 0 : socket.Send(bytes.Span, SocketFlags.None, out failure);
            if (failure is SocketError.Success or SocketError.WouldBlock)
            {
                Wrote(Math.Max(sent, 0));
                return bytes[Math.Max(sent, 0)..];
            }
        }

        EndWriting(failure.ToString());
        return null;
    }

    // What was written before is free again: nobody but the one writer has it.
    private ArrayBufferWriter<byte>? TakeQueue()
    {
        lock (gate)
        {
            if (takesNoMore || queue.WrittenCount == 0)
            {
                writing = false;
                return null;
            }

            spare.ResetWrittenCount();
            (queue, spare) = (spare, queue);
            return spare;
        }
    }

    private bool HasMore()
    {
        lock (gate)
            return writing = !takesNoMore && queue.WrittenCount > 0;
    }

    private void Wrote(int bytes)
    {
        lock (gate)
            flights.Wrote(bytes, time.GetTimestamp());
    }

    // A peer that takes no more still acknowledges what it has.
    private void EndWriting(string reason)
    {
        Seq<Flight> left;
        lock (gate)
        {
            takesNoMore = true;
            left = flights.RemoveUnwritten();
        }

        closed(this);
        foreach (var flight in left)
            flight.Sent.Done(new AcommError.PeerClosed(peer, reason, flight.Delivery));
    }

    private async Task ReadAsync()
    {
        try
        {
            while (true)
            {
                var got = await socket.ReceiveAsync(received.AsMemory(), SocketFlags.None).ConfigureAwait(false);
                if (got == 0)
                {
                    EndByPeer("end of stream");
                    return;
                }

                Take(received.AsSpan(0, got));
                if (decoder.Error.Case is AcommError error)
                {
                    EndByBadAck(error.Message);
                    return;
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            EndByPeer(Reason(e));
        }
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        while (true)
        {
            decoder = decoder.Next(ref bytes, out var frame);
            if (frame.IsEmpty)
                return;
            Acknowledge(frame);
        }
    }

    private void Acknowledge(ReadOnlySpan<byte> frame)
    {
        ISent? first;
        lock (gate)
            first = flights.Acknowledged(time.GetTimestamp());
        if (first is null)
        {
            EndByBadAck("nothing was to be acknowledged");
            return;
        }

        var outcome = frame.SequenceEqual(AcceptedText) ? Accepted : Acks.Read(peer, frame.ToArray(), limits);
        first.Done(outcome);
        if (outcome.IsLeft && (AcommError)outcome is AcommError.BadAck bad)
            EndByBadAck(bad.Reason);
    }

    private void OnDue()
    {
        TimeSpan left;
        bool? firstIsWritten;
        lock (gate)
        {
            firstIsWritten = flights.FirstIsWritten;
            var limit = firstIsWritten switch { null => limits.ConnectionIdle, true => limits.AckRead, false => limits.Write };
            left = limit - time.GetElapsedTime(flights.Since);

            // Nothing may come in between that and its end.
            takesNoMore |= firstIsWritten is null && left <= TimeSpan.Zero;
        }

        if (left > TimeSpan.Zero)
            watch.AtMost(left);
        else if (firstIsWritten is not null)
            End((wholly, delivery) => wholly ? new AcommError.AckTimeout(peer, limits.AckRead) : new AcommError.WriteTimeout(peer, limits.Write, delivery));
        else
            Dispose();
    }

    private void EndByPeer(string reason) => End((_, delivery) => new AcommError.PeerClosed(peer, reason, delivery));

    // Of what was not written at all, the reply says nothing.
    private void EndByBadAck(string reason) => End((_, delivery) =>
        delivery == Delivery.NotSent ? new AcommError.PeerClosed(peer, reason, delivery) : new AcommError.BadAck(peer, reason));

    private void End(Func<bool, Delivery, AcommError> error)
    {
        Seq<Flight> left;
        lock (sending)
        {
            lock (gate)
            {
                if (ended)
                    return;
                (ended, takesNoMore) = (true, true);
                left = flights.RemoveAll();
            }
        }

        closed(this);
        watch.Dispose();
        socket.Dispose();
        foreach (var flight in left)
            flight.Sent.Done(error(flight.IsWritten, flight.Delivery));
    }

    private static string Reason(Exception e) => e is SocketException s ? s.SocketErrorCode.ToString() : "closed";
}
