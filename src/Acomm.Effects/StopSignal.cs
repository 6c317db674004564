namespace Acomm.Effects;

/// <summary>
/// Tells what is still under way that the limit of a stop is over: handlers first, and a moment later what is still being
/// sent, so that those who wait can be told. A node that is started again, even while a stop is not through yet, has
/// another life, which that stop does not end.
/// </summary>
internal sealed class StopSignal : IDisposable
{
    private volatile Life life = new();

    /// <summary>For handlers.</summary>
    public CancellationToken Handlers => life.Handlers;

    /// <summary>For documents on their way.</summary>
    public CancellationToken Sendings => life.Sendings;

    /// <summary>The life that a stop is about to end.</summary>
    public Life BeginEnd()
    {
        life.IsEnding = true;
        return life;
    }

    /// <summary>A start: another life, if a stop has begun in this one.</summary>
    public void Reset()
    {
        if (life.IsEnding)
            life = new Life();
    }

    public void Dispose() => life.Dispose();

    /// <summary>From a start to the end of a stop.</summary>
    internal sealed class Life : IDisposable
    {
        private readonly CancellationTokenSource handlers = new();
        private readonly CancellationTokenSource sendings = new();

        public bool IsEnding { get; set; }

        public CancellationToken Handlers => handlers.Token;

        public CancellationToken Sendings => sendings.Token;

        public Task EndHandlersAsync() => handlers.CancelAsync();

        public Task EndSendingsAsync() => sendings.CancelAsync();

        public void Dispose()
        {
            handlers.Dispose();
            sendings.Dispose();
        }
    }
}
