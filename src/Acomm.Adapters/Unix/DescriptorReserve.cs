using Microsoft.Win32.SafeHandles;

namespace Acomm.Adapters;

/// <summary>
/// File descriptors that the process keeps back while it listens, and lets go of when there are no others. The runtime
/// needs some to start a thread, and ends the process when it gets none.
/// </summary>
internal static class DescriptorReserve
{
    private const int Size = 16;
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

    /// <summary>Fills the reserve. If one is missing, or would be the last there is, all are let go of, and nothing more should be opened.</summary>
    public static bool TryHold()
    {
        lock (Gate)
        {
            while (NativeFile.TryOpen("/") is { } one)
            {
                if (Held.Count == Size)
                {
                    one.Dispose();
                    return true;
                }

                Held.Push(one);
            }

            Release();
            return false;
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
