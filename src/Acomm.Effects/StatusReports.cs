using Acomm.Domain;

namespace Acomm.Effects;

/// <summary>The reports of a node, made when somebody asks, and no more often than <see cref="ReportAge"/> says.</summary>
internal sealed class StatusReports(TimeProvider time, Func<StatusReport> make)
{
    private readonly Lock gate = new();
    private volatile Made? last;

    /// <summary>The last one, or a new one. While that is made, everybody else gets the last one.</summary>
    public StatusReport Current()
    {
        var known = last;
        if (known is null)
            gate.Enter();
        else if (IsGood(known) || !gate.TryEnter())
            return known.Report;
        try
        {
            if (last is { } made && IsGood(made))
                return made.Report;
            return (last = Make()).Report;
        }
        finally
        {
            gate.Exit();
        }
    }

    private Made Make()
    {
        var start = time.GetTimestamp();
        var report = make();
        return new Made(report, time.GetTimestamp(), time.GetElapsedTime(start));
    }

    private bool IsGood(Made made) => ReportAge.IsGood(time.GetElapsedTime(made.At), made.Cost);

    private sealed record Made(StatusReport Report, long At, TimeSpan Cost);
}
