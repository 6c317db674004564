using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Acomm.Domain;
using LanguageExt;

namespace Acomm.Adapters;

/// <summary>
/// A unix listener on its own: connections as an async sequence, never more of them at a time than its limit, and a stop
/// that waits for those that are open. The socket file is its owner's only (0600) and goes with it. (Go: UnixListener.)
/// </summary>
public sealed class UnixListener : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly Socket socket;
    private readonly TimeProvider time;
    private readonly SemaphoreSlim free;
    private readonly SemaphoreSlim oneWaits = new(1);
    private readonly CancellationTokenSource stopping = new();
    private readonly Lazy<Task> closing;
    private readonly int limitConnections;

    private UnixListener(Socket socket, string path, int limitConnections, TimeProvider time)
    {
        (this.socket, Path, this.limitConnections, this.time) = (socket, path, limitConnections, time);
        free = new SemaphoreSlim(limitConnections);
        closing = new Lazy<Task>(CloseOnceAsync);
    }

    /// <summary>The path of its socket.</summary>
    public string Path { get; }

    /// <summary>Connections that were accepted and not disposed yet.</summary>
    public int OpenConnections => limitConnections - free.CurrentCount;

    /// <summary>
    /// Listens. A socket file that nobody answers on is taken over; one that somebody does is
    /// <see cref="AcommError.AddressInUse"/> and stays untouched. Other errors: <see cref="AcommError.PathTooLong"/>,
    /// <see cref="AcommError.ListenFailed"/>.
    /// </summary>
    /// <param name="path">An absolute path. Its directory is made, for its owner only, if it is missing.</param>
    /// <param name="limitConnections">Connections at a time; more wait in the system's queue.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<Either<AcommError, UnixListener>> ListenAsync(
        string path, int limitConnections, TimeProvider? time = null, CancellationToken cancel = default)
    {
        var clock = time ?? TimeProvider.System;
        var checkedPath = Address.Unix(path).Bind(address => address.UnixPath);
        if (checkedPath.Case is AcommError error)
            return error;
        var socket = await UnixSockets.ListenAsync(path, limitConnections, clock, cancel).ConfigureAwait(false);
        return socket.Map(s => new UnixListener(s, path, limitConnections, clock));
    }

    /// <summary>
    /// The next connections, until the listener stops. Each frees its place when it is disposed. When the process is out
    /// of file descriptors, it tries again after 5 ms, and then ever later up to 1 s.
    /// </summary>
    public async IAsyncEnumerable<UnixConnection> AcceptAsync([EnumeratorCancellation] CancellationToken cancel = default)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, stopping.Token);
        while (await NextAsync(both.Token).ConfigureAwait(false) is { } connection)
            yield return connection;
    }

    /// <summary>Takes no more connections and removes the socket file; then waits for the open ones, as long as <paramref name="cancel"/> lets it.</summary>
    public async Task StopAsync(CancellationToken cancel = default)
    {
        await closing.Value.ConfigureAwait(false);

        // One at a time: two that each hold a part of the places would wait for each other.
        await oneWaits.WaitAsync(cancel).ConfigureAwait(false);
        var taken = 0;
        try
        {
            for (; taken < limitConnections; taken++)
                await free.WaitAsync(cancel).ConfigureAwait(false);
        }
        finally
        {
            if (taken > 0)
                free.Release(taken);
            oneWaits.Release();
        }
    }

    /// <summary>Takes no more connections and removes the socket file, at once.</summary>
    public async ValueTask DisposeAsync() => await closing.Value.ConfigureAwait(false);

    private async Task CloseOnceAsync()
    {
        await stopping.CancelAsync().ConfigureAwait(false);
        await UnixSockets.CloseAsync(socket, Path, time).ConfigureAwait(false);
    }

    private async Task<UnixConnection?> NextAsync(CancellationToken cancel)
    {
        var pause = FirstPause;
        while (true)
        {
            var placed = false;
            try
            {
                await free.WaitAsync(cancel).ConfigureAwait(false);
                placed = true;
                return new UnixConnection(await socket.AcceptAsync(cancel).ConfigureAwait(false), () => free.Release());
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException || cancel.IsCancellationRequested)
            {
                Release(placed);
                return null;
            }
            catch (SocketException)
            {
                Release(placed);
                await Task.Delay(pause, time, CancellationToken.None).ConfigureAwait(false);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    private void Release(bool placed)
    {
        if (placed)
            free.Release();
    }
}

/// <summary>An accepted connection; disposing it closes it and frees its place.</summary>
public sealed class UnixConnection : IAsyncDisposable
{
    private readonly Action freed;
    private int disposed;

    internal UnixConnection(Socket socket, Action freed)
    {
        this.freed = freed;
        Stream = new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>The bytes, both ways.</summary>
    public Stream Stream { get; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) != 0)
            return;
        await Stream.DisposeAsync().ConfigureAwait(false);
        freed();
    }
}
