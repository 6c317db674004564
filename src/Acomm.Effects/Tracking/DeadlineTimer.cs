using Acomm.Domain;
using LanguageExt;

namespace Acomm.Effects;

/// <summary>
/// One timer for all deadlines. It is only ever set to an earlier one: if the one that it is set to is met before, it fires
/// for nothing, once, and is set to what is the earliest then. It never fires early. For one thread at a time.
/// </summary>
internal sealed class DeadlineTimer : IDisposable
{
    /// <summary>What the runtime's timers take at most, 49 days: longer than any request may wait.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    private readonly ITimer timer;
    private Instant armedFor = NotArmed;

    public DeadlineTimer(TimeProvider time, Action fire) =>
        timer = time.CreateTimer(_ => fire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    private static Instant NotArmed => new(long.MaxValue);

    /// <summary>Sets the timer to the earliest deadline, if that is earlier than what it is set to.</summary>
    public void Arm(Option<Instant> next, Instant now)
    {
        var due = next.IfNone(NotArmed);
        if (due >= armedFor)
            return;
        armedFor = due;
        timer.Change(RoundUp(due - now), Timeout.InfiniteTimeSpan);
    }

    /// <summary>Sets the timer anew when it has fired, even if the clock says that nothing was due yet.</summary>
    public void Rearm(Option<Instant> next, Instant now)
    {
        armedFor = NotArmed;
        Arm(next, now);
    }

    /// <summary>From now on it never fires, whatever it is set to.</summary>
    public void Dispose() => timer.Dispose();

    private static TimeSpan RoundUp(TimeSpan wait) =>
        wait <= TimeSpan.Zero ? TimeSpan.Zero
        : TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));
}
