namespace Acomm.Adapters;

/// <summary>
/// A timer for something whose due time moves all the time: it is set only when it would be late, and may be early. Who
/// is called looks whether anything is due, and sets it again.
/// </summary>
internal sealed class Watch(TimeProvider time, Action due) : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    private readonly Lock gate = new();
    private ITimer? timer;
    private long setAt;
    private TimeSpan wait = Timeout.InfiniteTimeSpan;
    private bool disposed;

    /// <summary>Has the call come in so long at most.</summary>
    public void AtMost(TimeSpan limit)
    {
        // What is overdue, as after the process was stopped, is due now; and no timer takes more than the longest.
        limit = limit < TimeSpan.Zero ? TimeSpan.Zero : limit > Longest ? Longest : limit;
        lock (gate)
        {
            if (disposed || (wait >= TimeSpan.Zero && wait - time.GetElapsedTime(setAt) <= limit))
                return;
            (setAt, wait) = (time.GetTimestamp(), limit);
            timer ??= NewTimer();
            timer.Change(limit, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            disposed = true;
            timer?.Dispose();
        }
    }

    // It is in no context of whoever happened to need it first.
    private ITimer NewTimer() =>
        NoContext.Run(() => time.CreateTimer(_ => Fire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan));

    private void Fire()
    {
        lock (gate)
            wait = Timeout.InfiniteTimeSpan;
        due();
    }
}
