using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;

namespace Acomm.Adapters;

/// <summary>
/// File descriptors that the process keeps back while it listens, and lets go of when there are no others. The runtime
/// needs some to start a thread, and ends the process when it gets none.
/// </summary>
internal static class DescriptorReserve
{
    private const int Size = 16;
    private const int Least = 6;
    private static readonly Lock Gate = new();
    private static readonly Stack<SafeFileHandle> Held = new();
    private static int listeners;

    /// <summary>A listener begins.</summary>
    public static void Join()
    {
        lock (Gate)
            listeners++;
    }

    /// <summary>A listener ends; with the last one the reserve is given back.</summary>
    public static void Leave()
    {
        lock (Gate)
        {
            if (--listeners == 0)
                Release();
        }
    }

    /// <summary>
    /// Says whether one more descriptor may be taken. A reserve that is full stays so: the system says itself if there is none
    /// left, see <see cref="ReleaseAfter"/>. One that is not is filled; where it cannot be nothing is held: then as many as are
    /// left have to do, and with too few of them nothing more should be opened.
    /// </summary>
    public static bool TryHold()
    {
        lock (Gate)
        {
            if (Held.Count == Size)
                return true;
            while (Held.Count <= Size && NativeFile.TryOpen("/") is { } one)
                Held.Push(one);
            var left = Held.Count;
            if (left > Size)
                Held.Pop().Dispose();
            else
                Release();
            return left > Least;
        }
    }

    /// <summary>
    /// Makes a socket that no connection was accepted for: answers and streams must not use up the last descriptors either.
    /// Throws <see cref="SocketException"/>, also where too few are left. Where nobody listens there is nothing to guard.
    /// </summary>
    public static Socket Open(Func<Socket> open)
    {
        while (true)
        {
            if (Volatile.Read(ref listeners) > 0 && !TryHold())
                throw new SocketException((int)SocketError.TooManyOpenSockets);
            try
            {
                return open();
            }
            catch (SocketException e) when (ReleaseAfter(e))
            {
                // There is one now; whether it may be taken is asked again.
            }
        }
    }

    /// <summary>Lets go of the reserve, if that was the reason of a failure: somebody needed a descriptor and got none. Says whether any was held.</summary>
    public static bool ReleaseAfter(SocketException failure) =>
        failure.SocketErrorCode == SocketError.TooManyOpenSockets && Release();

    private static bool Release()
    {
        lock (Gate)
        {
            var held = Held.Count > 0;
            while (Held.TryPop(out var one))
                one.Dispose();
            return held;
        }
    }
}
