using System.Net.Sockets;
using Acomm.Domain;
using LanguageExt;

namespace Acomm.Adapters;

/// <summary>Opens and connects unix stream sockets, and says what went wrong in our own terms.</summary>
internal static class UnixSockets
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LockStep = TimeSpan.FromMilliseconds(10);

    /// <summary>Listens on a path, over the file of a dead owner if there is one; never over a live one.</summary>
    public static async Task<Either<AcommError, Socket>> ListenAsync(string path, int backlog, TimeProvider time, CancellationToken cancel)
    {
        try
        {
            var directory = Path.GetDirectoryName(path)!;
            MakeDirectory(directory);
            using var held = await TakeLockAsync(directory, time, cancel).ConfigureAwait(false);
            if (held is null)
                return new AcommError.ListenFailed(path, $"its directory was locked for {LockPatience.TotalSeconds} s");
            if (File.Exists(path) && await AnswersAsync(path, cancel).ConfigureAwait(false))
                return new AcommError.AddressInUse(path);
            return Replace(path, backlog);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SocketException)
        {
            return new AcommError.ListenFailed(path, e.Message);
        }
    }

    /// <summary>Makes a directory for its owner only, if it is not there.</summary>
    public static void MakeDirectory(string path)
    {
        if (!Directory.Exists(path))
            Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
    }

    /// <summary>Listens on a path that nobody can have had before.</summary>
    public static Either<AcommError, Socket> ListenFresh(string path, int backlog)
    {
        try
        {
            return Bind(path, backlog);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SocketException)
        {
            return new AcommError.ListenFailed(path, e.Message);
        }
    }

    /// <summary>
    /// Closes a listening socket and removes its file, both under the lock: the runtime removes the file when it disposes
    /// the socket, and by then it must not be the one that a successor has put in its place.
    /// </summary>
    public static async Task CloseAsync(Socket socket, string path, TimeProvider time)
    {
        try
        {
            using var held = await TakeLockAsync(Path.GetDirectoryName(path)!, time, CancellationToken.None).ConfigureAwait(false);
            CloseFresh(socket, path);
        }
        catch (IOException)
        {
            // The directory went first; there is nothing left to remove.
            socket.Dispose();
        }
    }

    /// <summary>Closes a listening socket on a path that nobody else can have, and removes its file.</summary>
    public static void CloseFresh(Socket socket, string path)
    {
        socket.Dispose();
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Its directory went first, or may not be written any more.
        }
    }

    /// <summary>Connects within the limit. What fails here was not sent.</summary>
    public static async Task<Either<AcommError, Socket>> ConnectAsync(Address address, TimeSpan limit, TimeProvider time, CancellationToken cancel)
    {
        if (address.UnixPath.Case is not string path)
            return (AcommError)address.UnixPath.Case;
        using var over = new Deadline(limit, time, cancel);
        Socket? socket = null;
        try
        {
            // Even this fails, when the process is out of file descriptors.
            socket = NewSocket();
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), over.Token).ConfigureAwait(false);
            return socket;
        }
        catch (SocketException e)
        {
            socket?.Dispose();
            return e.SocketErrorCode is SocketError.WouldBlock or SocketError.TryAgain or SocketError.InProgress
                ? new AcommError.PeerOverloaded(address)
                : new AcommError.PeerUnreachable(address, Reason(e));
        }
        catch (OperationCanceledException) when (over.IsOver)
        {
            socket?.Dispose();
            return new AcommError.PeerUnreachable(address, $"no connection within {limit.TotalSeconds:0.###} s");
        }
        catch
        {
            socket?.Dispose();
            throw;
        }
    }

    private static async Task<SocketDirectoryLock?> TakeLockAsync(string directory, TimeProvider time, CancellationToken cancel)
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

    private static string Reason(SocketException e) => e.SocketErrorCode switch
    {
        SocketError.AddressNotAvailable => "there is no such socket",
        SocketError.ConnectionRefused => "nobody listens on it",
        _ => e.Message,
    };

    // A full queue is somebody as well.
    private static async Task<bool> AnswersAsync(string path, CancellationToken cancel)
    {
        using var probe = NewSocket();
        try
        {
            await probe.ConnectAsync(new UnixDomainSocketEndPoint(path), cancel).ConfigureAwait(false);
            return true;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode is not (SocketError.ConnectionRefused or SocketError.AddressNotAvailable);
        }
    }

    private static Either<AcommError, Socket> Replace(string path, int backlog)
    {
        if (File.Exists(path))
        {
            if (File.GetAttributes(path).HasFlag(FileAttributes.ReparsePoint) || !NativeFile.IsSocket(path))
                return new AcommError.ListenFailed(path, "a file is there that is no socket");
            File.Delete(path);
        }

        return Bind(path, backlog);
    }

    // Nobody can connect between the two: before Listen a connection is refused, and by then the mode is set.
    private static Socket Bind(string path, int backlog)
    {
        var socket = NewSocket();
        try
        {
            socket.Bind(new UnixDomainSocketEndPoint(path));
            File.SetUnixFileMode(path, OwnerOnly);
            socket.Listen(backlog);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static Socket NewSocket() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
}
