namespace Acomm.Adapters;

/// <summary>
/// A time limit for operations that follow one another, each of which gets the whole of it. Timer and tokens are made once
/// for all of them. When it is over it stays so.
/// </summary>
internal sealed class IdleLimit : IDisposable
{
    // Without a timer of its own: there is nothing in it to dispose.
    private readonly CancellationTokenSource over = new();
    private readonly TimeSpan limit;
    private readonly TimeProvider time;
    private readonly Watch watch;
    private CancellationTokenSource? both;
    private CancellationToken given;
    private long since;
    private volatile bool waiting;

    public IdleLimit(TimeSpan limit, TimeProvider time)
    {
        (this.limit, this.time) = (limit, time);
        watch = new Watch(time, EndIfDue);
    }

    /// <summary>Begins an operation, which is to be given up by the token that this returns.</summary>
    public CancellationToken Begin(CancellationToken caller)
    {
        Volatile.Write(ref since, time.GetTimestamp());
        waiting = true;
        watch.AtMost(limit);
        if (!caller.CanBeCanceled)
            return over.Token;
        if (both is null || caller != given)
        {
            both?.Dispose();
            (both, given) = (CancellationTokenSource.CreateLinkedTokenSource(caller, over.Token), caller);
        }

        return both.Token;
    }

    /// <summary>The operation ended.</summary>
    public void End() => waiting = false;

    /// <summary>Whether the limit is over, and the caller did not give up.</summary>
    public bool IsOver(CancellationToken caller) => over.IsCancellationRequested && !caller.IsCancellationRequested;

    public void Dispose()
    {
        watch.Dispose();
        both?.Dispose();
    }

    private void EndIfDue()
    {
        if (!waiting)
            return;
        var left = limit - time.GetElapsedTime(Volatile.Read(ref since));
        if (left > TimeSpan.Zero)
            watch.AtMost(left);
        else
            over.Cancel();
    }
}
