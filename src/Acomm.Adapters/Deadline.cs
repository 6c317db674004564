namespace Acomm.Adapters;

/// <summary>A caller's cancellation together with a time limit, and which of the two it was.</summary>
internal sealed class Deadline : IDisposable
{
    private readonly CancellationToken caller;
    private readonly CancellationTokenSource limit;
    private readonly CancellationTokenSource both;

    public Deadline(TimeSpan limit, TimeProvider time, CancellationToken caller)
    {
        this.caller = caller;
        this.limit = new CancellationTokenSource(limit, time);
        both = CancellationTokenSource.CreateLinkedTokenSource(caller, this.limit.Token);
    }

    public CancellationToken Token => both.Token;

    /// <summary>Whether the limit is over, and the caller did not give up.</summary>
    public bool IsOver => limit.IsCancellationRequested && !caller.IsCancellationRequested;

    public void Dispose()
    {
        both.Dispose();
        limit.Dispose();
    }
}
