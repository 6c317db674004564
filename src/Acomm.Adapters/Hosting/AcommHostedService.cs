using Acomm.Domain;
using Acomm.Effects;
using Microsoft.Extensions.Hosting;

namespace Acomm.Adapters;

/// <summary>The node is not up: it could not listen, or a task of its own is not right.</summary>
public sealed class AcommStartException(AcommError error) : AcommException(error);

/// <summary>
/// Starts the node before the application's servers, and drains it before they stop, so that answers still come in over
/// HTTP while it waits for them.
/// </summary>
internal sealed class AcommHostedService(AcommNode node, AcommOptions options, StreamServer streams, KeptConnections kept, Listening listening, INodeEvents events, TimeProvider time)
    : IHostedLifecycleService, IAsyncDisposable
{
    // A connection that waits until another one is cut for it.
    private const int WaitingForPlace = 1;

    private UnixServer? server;
    private Task serving = Task.CompletedTask;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var opened = await UnixListener.ListenAsync(
            options.SocketPath, options.Limits.Connections + WaitingForPlace, time, options.Access, cancellationToken).ConfigureAwait(false);
        var listener = opened.IfLeft(error => throw new AcommStartException(error));
        await StartStreamsAsync(listener).ConfigureAwait(false);
        kept.Open();
        node.Start();
        listening.Listener = listener;
        server = new UnixServer(listener, node.TakeOnSocket, options.Access, options.Limits, events, time);

        // What is received runs in no context of whoever started the node.
        using (ExecutionContext.SuppressFlow())
            serving = Task.Run(server.RunAsync, CancellationToken.None);
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();

        // The host's own limit may be shorter.
        using var hurry = cancellationToken.UnsafeRegister(_ => node.StopAsync(TimeSpan.Zero), null);
        await node.StopAsync(options.DrainLimit).ConfigureAwait(false);
        var left = options.DrainLimit - time.GetElapsedTime(start);
        await CloseAsync(left > TimeSpan.Zero && !cancellationToken.IsCancellationRequested ? left : TimeSpan.Zero).ConfigureAwait(false);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask DisposeAsync() => await CloseAsync(TimeSpan.Zero).ConfigureAwait(false);

    private async Task StartStreamsAsync(UnixListener listener)
    {
        if (streams.Start().Case is not AcommError error)
            return;
        await listener.DisposeAsync().ConfigureAwait(false);
        throw new AcommStartException(error);
    }

    private async Task CloseAsync(TimeSpan streamLimit)
    {
        if (Interlocked.Exchange(ref server, null) is not { } open)
            return;
        listening.Listener = null;
        await open.StopAsync().ConfigureAwait(false);
        await serving.ConfigureAwait(false);
        kept.CloseAll();
        await streams.StopAsync(streamLimit).ConfigureAwait(false);
    }
}
