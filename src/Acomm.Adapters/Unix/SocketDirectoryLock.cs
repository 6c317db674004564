using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Acomm.Adapters;

/// <summary>
/// An exclusive lock on a directory (flock), so that of two processes that start at once only one looks whether a socket
/// file is dead, and takes it over. It leaves no file behind and ends with the process.
/// </summary>
internal sealed partial class SocketDirectoryLock : IDisposable
{
    private const int ExclusiveNonBlocking = 2 | 4;

    private readonly SafeFileHandle directory;

    private SocketDirectoryLock(SafeFileHandle directory) => this.directory = directory;

    /// <summary>The lock, or nothing while another process holds it. Throws <see cref="IOException"/> if the directory cannot be opened.</summary>
    public static SocketDirectoryLock? TryTake(string path)
    {
        var handle = NativeFile.OpenDirectory(path);
        if (Flock((int)handle.DangerousGetHandle(), ExclusiveNonBlocking) == 0)
            return new SocketDirectoryLock(handle);
        handle.Dispose();
        return null;
    }

    public void Dispose() => directory.Dispose();

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Flock(int descriptor, int operation);
}
