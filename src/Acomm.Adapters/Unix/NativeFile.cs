using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Acomm.Adapters;

/// <summary>Opens paths in ways that the runtime does not offer. Handles never get into a child process.</summary>
internal static partial class NativeFile
{
    private const int NoSuchDevice = 6;
    private const int NotSupportedOnMac = 102;
    private static readonly int CloseOnExec = OperatingSystem.IsMacOS() ? 0x100_0000 : 0x8_0000;
    private static readonly int NonBlocking = OperatingSystem.IsMacOS() ? 0x4 : 0x800;

    /// <summary>Opens a directory. Throws <see cref="IOException"/> if it cannot be opened.</summary>
    public static SafeFileHandle OpenDirectory(string path)
    {
        var descriptor = Open(path, CloseOnExec);
        return descriptor >= 0
            ? new SafeFileHandle(descriptor, ownsHandle: true)
            : throw new IOException(Marshal.GetLastPInvokeErrorMessage());
    }

    /// <summary>Whether a path is a socket: only that cannot be opened at all. Not waiting, as opening a named pipe does.</summary>
    public static bool IsSocket(string path)
    {
        var descriptor = Open(path, CloseOnExec | NonBlocking);
        if (descriptor < 0)
            return Marshal.GetLastPInvokeError() is NoSuchDevice or NotSupportedOnMac;
        new SafeFileHandle(descriptor, ownsHandle: true).Dispose();
        return false;
    }

    // Reading only, which is 0.
    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);
}
