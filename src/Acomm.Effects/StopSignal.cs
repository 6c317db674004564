namespace Acomm.Effects;

/// <summary>Tells what is still under way that the limit of a stop is over. A node that is started again gets a fresh one.</summary>
internal sealed class StopSignal : IDisposable
{
    private volatile CancellationTokenSource source = new();

    public CancellationToken Token => source.Token;

    public Task RaiseAsync() => source.CancelAsync();

    public void Reset()
    {
        if (source.IsCancellationRequested)
            source = new CancellationTokenSource();
    }

    public void Dispose() => source.Dispose();
}
