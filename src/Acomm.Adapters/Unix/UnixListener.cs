using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Acomm.Domain;
using LanguageExt;

namespace Acomm.Adapters;

/// <summary>
/// A unix listener on its own: connections as an async sequence, never more of them at a time than its limit, and a stop
/// that waits for those that are open. The socket file is its owner's only, if not said otherwise, and goes with it. (Go: UnixListener.)
/// </summary>
public sealed class UnixListener : IAsyncDisposable
{
    private readonly BoundSocket bound;
    private readonly TimeProvider time;
    private readonly SemaphoreSlim free;
    private readonly SemaphoreSlim oneWaits = new(1);
    private readonly CancellationTokenSource stopping = new();
    private readonly Lazy<Task> closing;
    private readonly int limitConnections;
    private int accepting;

    private UnixListener(BoundSocket bound, string path, int limitConnections, TimeProvider time)
    {
        (this.bound, Path, this.limitConnections, this.time) = (bound, path, limitConnections, time);
        free = new SemaphoreSlim(limitConnections);
        closing = new Lazy<Task>(CloseOnceAsync);
        DescriptorReserve.Join();
    }

    /// <summary>The path of its socket.</summary>
    public string Path { get; }

    /// <summary>Connections that were accepted and not disposed yet.</summary>
    public int OpenConnections => limitConnections - free.CurrentCount - Volatile.Read(ref accepting);

    /// <summary>Whether its socket file is still there, and its own.</summary>
    public bool HasFile => bound.IsOurs();

    /// <summary>
    /// Listens. A socket file that nobody answers on is taken over; one that somebody does is
    /// <see cref="AcommError.AddressInUse"/> and stays untouched. Other errors: <see cref="AcommError.PathTooLong"/>,
    /// <see cref="AcommError.DirectoryUnsafe"/>, <see cref="AcommError.ListenFailed"/>.
    /// </summary>
    /// <param name="path">An absolute path. Its directory is made, for its owner only, if it is missing.</param>
    /// <param name="limitConnections">Connections at a time; more wait in the system's queue.</param>
    /// <param name="time">The clock.</param>
    /// <param name="access">Who may open the socket. The list of users is for who accepts, by <see cref="UnixConnection.Peer"/>.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<Either<AcommError, UnixListener>> ListenAsync(
        string path, int limitConnections, TimeProvider? time = null, SocketAccess? access = null, CancellationToken cancel = default)
    {
        var clock = time ?? TimeProvider.System;
        var checkedPath = Address.Unix(path).Bind(address => address.UnixPath);
        if (checkedPath.Case is AcommError error)
            return error;
        var bound = await BoundSocket.TakeAsync(path, access ?? SocketAccess.Default, limitConnections, clock, cancel).ConfigureAwait(false);
        return bound.Map(s => new UnixListener(s, path, limitConnections, clock));
    }

    /// <summary>
    /// The next connections, until the listener stops. Each frees its place when it is disposed. When the process is out
    /// of file descriptors, it tries again after 5 ms, and then ever later up to 1 s.
    /// </summary>
    /// <param name="failed">Is told why a connection could not be accepted, and the wait before the next try.</param>
    /// <param name="cancel">Ends the sequence.</param>
    public async IAsyncEnumerable<UnixConnection> AcceptAsync(
        Action<string, TimeSpan>? failed = null, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, stopping.Token);
        while (await NextAsync(failed, both.Token).ConfigureAwait(false) is { } connection)
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
        await bound.CloseAsync(time).ConfigureAwait(false);
        DescriptorReserve.Leave();
    }

    private async ValueTask<UnixConnection?> NextAsync(Action<string, TimeSpan>? failed, CancellationToken cancel)
    {
        try
        {
            for (var failures = 1; ; failures++)
            {
                await free.WaitAsync(cancel).ConfigureAwait(false);

                // The place is held for a connection that is not there yet.
                Interlocked.Increment(ref accepting);
                var (accepted, error) = await TryAcceptAsync(cancel).ConfigureAwait(false);
                Interlocked.Decrement(ref accepting);
                if (accepted is not null)
                    return new UnixConnection(accepted, free);
                free.Release();
                cancel.ThrowIfCancellationRequested();
                var pause = AcceptBackoff.After(failures);
                failed?.Invoke(error, pause);
                await Task.Delay(pause, time, cancel).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private async ValueTask<(Socket? Accepted, string Error)> TryAcceptAsync(CancellationToken cancel)
    {
        while (DescriptorReserve.TryHold())
        {
            try
            {
                return (await bound.Socket.AcceptAsync(cancel).ConfigureAwait(false), "");
            }
            catch (SocketException e) when (DescriptorReserve.ReleaseAfter(e))
            {
                // There is one now; whether it may be taken is asked again.
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                return (null, e.Message);
            }
        }

        return (null, "too few file descriptors are left");
    }
}

/// <summary>An accepted connection; disposing it closes it and frees its place.</summary>
public sealed class UnixConnection : IAsyncDisposable
{
    private readonly SemaphoreSlim places;
    private NetworkStream? stream;
    private int disposed;

    internal UnixConnection(Socket socket, SemaphoreSlim places)
    {
        (Socket, this.places) = (socket, places);
        Peer = UnixPeer.Of(socket);
    }

    /// <summary>The process that connected, as the system says it.</summary>
    public PeerIdentity Peer { get; }

    /// <summary>The bytes, both ways.</summary>
    public NetworkStream Stream => stream ??= new NetworkStream(Socket);

    /// <summary>The same, for who needs no stream.</summary>
    internal Socket Socket { get; }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 0)
        {
            stream?.Dispose();
            Socket.Dispose();
            places.Release();
        }

        return ValueTask.CompletedTask;
    }
}
