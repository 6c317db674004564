namespace Acomm.Effects;

/// <summary>
/// Tells what is still under way that the limit of a stop is over: handlers first, and a moment later what is still being
/// sent, so that those who wait can be told. A node that is started again gets fresh tokens.
/// </summary>
internal sealed class StopSignal : IDisposable
{
    private volatile CancellationTokenSource handlers = new();
    private volatile CancellationTokenSource sendings = new();

    /// <summary>For handlers.</summary>
    public CancellationToken Handlers => handlers.Token;

    /// <summary>For documents on their way.</summary>
    public CancellationToken Sendings => sendings.Token;

    public Task EndHandlersAsync() => handlers.CancelAsync();

    public Task EndSendingsAsync() => sendings.CancelAsync();

    public void Reset()
    {
        if (handlers.IsCancellationRequested)
            handlers = new CancellationTokenSource();
        if (sendings.IsCancellationRequested)
            sendings = new CancellationTokenSource();
    }

    public void Dispose()
    {
        handlers.Dispose();
        sendings.Dispose();
    }
}
