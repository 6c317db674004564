using Acomm.Domain;
using Acomm.Effects;
using Microsoft.Extensions.Hosting;

namespace Acomm.Adapters;

/// <summary>A node is not up: it could not listen, or a task of its own is not right.</summary>
/// <param name="error">Why.</param>
/// <param name="node">The node's name, which stands in the message as well; empty for the unnamed one.</param>
public sealed class AcommStartException(AcommError error, string node = "") : AcommException(error)
{
    /// <summary>The name of the node; empty for the unnamed one.</summary>
    public string Node { get; } = node;

    /// <inheritdoc/>
    public override string Message => new NodeName(Node).Before + base.Message;
}

/// <summary>
/// Starts the node before the application's servers, and drains it before they stop, so that answers still come in over
/// HTTP while it waits for them.
/// </summary>
internal sealed class AcommHostedService(AcommNode node, NodeParts parts) : IHostedLifecycleService, IAsyncDisposable, IDisposable
{
    // A connection that waits until another one is cut for it.
    private const int WaitingForPlace = 1;

    private readonly AcommOptions options = parts.Options;
    private readonly TimeProvider time = parts.Time;
    private UnixServer? server;
    private Task serving = Task.CompletedTask;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var opened = await UnixListener.ListenAsync(
            options.SocketPath, options.Limits.Connections + WaitingForPlace, time, options.Access, cancellationToken).ConfigureAwait(false);
        var listener = opened.IfLeft(error => throw Failed(error));
        await StartStreamsAsync(listener).ConfigureAwait(false);
        parts.Kept.Open();
        node.Start();
        parts.Listening.Listener = listener;
        server = new UnixServer(listener, node.TakeOnSocket, options.Access, options.Limits, parts.Events, time);

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

    /// <summary>For containers that are not disposed asynchronously.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    public async ValueTask DisposeAsync() => await CloseAsync(TimeSpan.Zero).ConfigureAwait(false);

    private async Task StartStreamsAsync(UnixListener listener)
    {
        if (parts.StreamServer.Start().Case is not AcommError error)
            return;
        await listener.DisposeAsync().ConfigureAwait(false);
        throw Failed(error);
    }

    private AcommStartException Failed(AcommError error) => new(error, parts.Name.Value);

    private async Task CloseAsync(TimeSpan streamLimit)
    {
        if (Interlocked.Exchange(ref server, null) is not { } open)
            return;
        parts.Listening.Listener = null;
        await open.StopAsync().ConfigureAwait(false);
        await serving.ConfigureAwait(false);
        parts.Kept.CloseAll();
        await parts.StreamServer.StopAsync(streamLimit).ConfigureAwait(false);
    }
}
