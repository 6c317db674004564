namespace Acomm.Domain;

/// <summary>How long a report is good enough: whoever asks again and again shall not keep the node from its work.</summary>
public static class ReportAge
{
    /// <summary>A report is not made anew before it is so old: 1 s.</summary>
    public static readonly TimeSpan Least = TimeSpan.FromSeconds(1);

    /// <summary>Of this many parts of the time one goes into making reports, at most: 10.</summary>
    public const int CostShare = 10;

    /// <summary>Whether a report that took so long to make is still good at this age.</summary>
    public static bool IsGood(TimeSpan age, TimeSpan cost) => age < Least || age.Ticks / CostShare < cost.Ticks;
}
