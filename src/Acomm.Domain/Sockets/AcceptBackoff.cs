namespace Acomm.Domain;

/// <summary>How long a listener that cannot accept, mostly for lack of file descriptors, waits before it tries again.</summary>
public static class AcceptBackoff
{
    /// <summary>The first wait: 5 ms.</summary>
    public static readonly TimeSpan First = TimeSpan.FromMilliseconds(5);

    /// <summary>The longest wait: 1 s.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private const int LimitDoublings = 16;

    /// <summary>The wait after so many failures in a row, at least 1: it doubles with each of them.</summary>
    public static TimeSpan After(int failures)
    {
        var wait = First * (1 << (Math.Clamp(failures, 1, LimitDoublings) - 1));
        return new TimeSpan(Math.Min(wait.Ticks, Longest.Ticks));
    }
}
