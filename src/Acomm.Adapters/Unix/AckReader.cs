using System.Net.Sockets;
using System.Threading.Tasks.Sources;

namespace Acomm.Adapters;

/// <summary>
/// Reads a socket, and another one after it, each within a time. What waiting takes, the runtime's record of it and a
/// timer, is made once: for a connection of one document alone it would cost more than all the rest of it.
/// </summary>
internal sealed class AckReader : SocketAsyncEventArgs, IValueTaskSource<int>
{
    private readonly Lock gate = new();
    private readonly TimeProvider time;
    private readonly Watch watch;
    private ManualResetValueTaskSourceCore<int> received;
    private Socket? socket;
    private TimeSpan limit;
    private long since;

    public AckReader(TimeProvider time)
        : base(true)
    {
        this.time = time;
        watch = new Watch(time, EndIfDue);
    }

    /// <summary>Whether its time was over, and the bytes have come to an end by that.</summary>
    public bool IsLate { get; private set; }

    /// <summary>Begins with a socket that is not used for anything but this and writing; its time begins as well.</summary>
    public void Begin(Socket next, TimeSpan within)
    {
        lock (gate)
            (socket, limit, since, IsLate) = (next, within, time.GetTimestamp(), false);
    }

    /// <summary>Is done with the socket; whoever ends it later does nothing to it.</summary>
    public void Done()
    {
        lock (gate)
            socket = null;
    }

    /// <summary>Bytes that have come; 0 at the end. Throws <see cref="SocketException"/>.</summary>
    public ValueTask<int> ReceiveAsync(Memory<byte> buffer)
    {
        received.Reset();
        SetBuffer(buffer);
        if (!socket!.ReceiveAsync(this))
            return SocketError == SocketError.Success ? new ValueTask<int>(BytesTransferred) : throw new SocketException((int)SocketError);
        watch.AtMost(limit - time.GetElapsedTime(since));
        return new ValueTask<int>(this, received.Version);
    }

    /// <summary>Has the bytes come to an end.</summary>
    public void End()
    {
        lock (gate)
        {
            try
            {
                socket?.Shutdown(SocketShutdown.Receive);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // They have already.
            }
        }
    }

    public int GetResult(short token) => received.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => received.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        received.OnCompleted(continuation, state, token, flags);

    protected override void OnCompleted(SocketAsyncEventArgs e)
    {
        if (SocketError == SocketError.Success)
            received.SetResult(BytesTransferred);
        else
            received.SetException(new SocketException((int)SocketError));
    }

    private void EndIfDue()
    {
        lock (gate)
        {
            if (socket is null)
                return;
            var left = limit - time.GetElapsedTime(since);
            if (left > TimeSpan.Zero)
            {
                watch.AtMost(left);
                return;
            }

            IsLate = true;
            End();
        }
    }
}
