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
    /// Fills the reserve, and says whether one more descriptor may be taken. Where it cannot be filled nothing is held:
    /// then as many as are left have to do, and with too few of them nothing more should be opened.
    /// </summary>
    public static bool TryHold()
    {
        lock (Gate)
        {
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
    /// To be called before a socket is opened that no connection was accepted for: answers and streams must not use up the
    /// last descriptors either. Throws <see cref="SocketException"/> where too few are left. Where nobody listens there is
    /// nothing to guard.
    /// </summary>
    public static void Check()
    {
        lock (Gate)
        {
            if (listeners > 0 && !TryHold())
                throw new SocketException((int)SocketError.TooManyOpenSockets);
        }
    }

    /// <summary>Lets go of the reserve: somebody needed a descriptor and got none.</summary>
    public static void Release()
    {
        lock (Gate)
        {
            while (Held.TryPop(out var one))
                one.Dispose();
        }
    }
}
