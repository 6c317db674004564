using Acomm.Domain;
using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Effects;

/// <summary>One timer for all deadlines: it is set anew only when the earliest one has changed, and never fires early.</summary>
internal sealed class DeadlineTimer : IDisposable
{
    /// <summary>What the runtime's timers take at most, 49 days: longer than any request may wait.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    private readonly Lock gate = new();
    private readonly Func<(Option<Instant> Next, Instant Now)> next;
    private readonly ITimer timer;
    private Option<Instant> armedFor;
    private bool disposed;

    public DeadlineTimer(TimeProvider time, Func<(Option<Instant> Next, Instant Now)> next, Action fire)
    {
        this.next = next;
        timer = time.CreateTimer(_ => Fire(fire), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Sets the timer to the deadline that is the earliest now.</summary>
    public void Arm()
    {
        lock (gate)
        {
            var (wanted, now) = next();
            if (disposed || wanted == armedFor)
                return;
            armedFor = wanted;
            timer.Change(wanted.Match(Some: due => RoundUp(due - now), None: () => Timeout.InfiniteTimeSpan), Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        lock (gate)
            disposed = true;
        timer.Dispose();
    }

    // A timer that fired is not armed any more, even if the clock says that nothing is due yet.
    private void Fire(Action fire)
    {
        lock (gate)
            armedFor = None;
        fire();
    }

    private static TimeSpan RoundUp(TimeSpan wait) =>
        wait <= TimeSpan.Zero ? TimeSpan.Zero
        : TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));
}
