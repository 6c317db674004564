using System.Net.Sockets;
using Acomm.Domain;
using LanguageExt;

namespace Acomm.Adapters;

/// <summary>A listening socket and the file that it made. Closing it removes that file, and never another one that took its place.</summary>
internal sealed class BoundSocket
{
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LockStep = TimeSpan.FromMilliseconds(10);

    private readonly string path;
    private readonly FileId file;

    private BoundSocket(Socket socket, string path, FileId file) => (Socket, this.path, this.file) = (socket, path, file);

    /// <summary>Listens.</summary>
    public Socket Socket { get; }

    /// <summary>Listens on a path, over the socket of a dead owner if there is one; never over a live one.</summary>
    public static async Task<Either<AcommError, BoundSocket>> TakeAsync(
        string path, SocketAccess access, int backlog, TimeProvider time, CancellationToken cancel)
    {
        try
        {
            var directory = Path.GetDirectoryName(path)!;
            if (SocketDirectories.Prepare(directory, access).Case is AcommError error)
                return error;
            using var held = await LockAsync(directory, time, cancel).ConfigureAwait(false);
            if (held is null)
                return new AcommError.ListenFailed(path, $"its directory was locked for {LockPatience.TotalSeconds} s");
            var step = TakeOver.Decide(path, NativeFile.Status(path));
            if (step is TakeOver.Probe)
                step = TakeOver.Decide(path, await UnixSockets.ProbeAsync(path, cancel).ConfigureAwait(false));
            if (step is TakeOver.Refuse refuse)
                return refuse.Error;
            if (step is TakeOver.Replace)
                File.Delete(path);
            return Bind(path, access, backlog);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SocketException)
        {
            return new AcommError.ListenFailed(path, e.Message);
        }
    }

    /// <summary>Listens on a path that nobody can have had before, in a directory that was checked.</summary>
    public static Either<AcommError, BoundSocket> Fresh(string path, SocketAccess access, int backlog)
    {
        try
        {
            return Bind(path, access, backlog);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SocketException)
        {
            return new AcommError.ListenFailed(path, e.Message);
        }
    }

    /// <summary>Closes under the lock, so that no successor puts its file there in between.</summary>
    public async Task CloseAsync(TimeProvider time)
    {
        try
        {
            using var held = await LockAsync(Path.GetDirectoryName(path)!, time, CancellationToken.None).ConfigureAwait(false);
            Close();
        }
        catch (IOException)
        {
            // The directory went first, or no file descriptor is left for the lock.
            Close();
        }
    }

    /// <summary>Closes a socket whose path nobody else can have.</summary>
    public void Close()
    {
        if (IsOurs())
        {
            // The runtime removes the file with it.
            Socket.Dispose();
            return;
        }

        // It would remove whatever stands there now.
        Socket.SafeHandle.Dispose();
        GC.SuppressFinalize(Socket);
    }

    /// <summary>Whether the file at the path is this socket's.</summary>
    public bool IsOurs()
    {
        try
        {
            return TakeOver.IsOurs(file, NativeFile.Status(path));
        }
        catch (IOException)
        {
            return false;
        }
    }

    // Nobody can connect between the two: before Listen a connection is refused, and by then group and mode are set.
    private static BoundSocket Bind(string path, SocketAccess access, int backlog)
    {
        var socket = UnixSockets.New();
        try
        {
            socket.Bind(new UnixDomainSocketEndPoint(path));
            access.Group.Iter(group => NativeFile.SetGroup(path, group));
            File.SetUnixFileMode(path, (UnixFileMode)access.SocketMode);
            socket.Listen(backlog);
            return new BoundSocket(socket, path, NativeFile.Status(path).Map(status => status.Id).IfNone(default(FileId)));
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<SocketDirectoryLock?> LockAsync(string directory, TimeProvider time, CancellationToken cancel)
    {
        var start = time.GetTimestamp();
        while (time.GetElapsedTime(start) < LockPatience)
        {
            if (SocketDirectoryLock.TryTake(directory) is { } held)
                return held;
            await Task.Delay(LockStep, time, cancel).ConfigureAwait(false);
        }

        return null;
    }
}
