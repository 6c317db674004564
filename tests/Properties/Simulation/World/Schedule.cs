using Acomm.Domain;

namespace Acomm.Properties.Simulation;

/// <summary>A stretch of life: a process, a call, a connection. What was scheduled in it does not happen when it is over.</summary>
internal sealed class Scope(Scope? within = null)
{
    private readonly List<Action> atEnd = [];
    private bool over;

    public bool IsOver => over || (within?.IsOver ?? false);

    public void End()
    {
        if (over)
            return;
        over = true;
        foreach (var act in atEnd)
            act();
    }

    /// <summary>Does something when this ends, or what it is within.</summary>
    public void AtEnd(Action act)
    {
        atEnd.Add(act);
        within?.AtEnd(act);
    }
}

/// <summary>Virtual time: what is to happen, in order of time, and in order of scheduling where that is equal.</summary>
internal sealed class Schedule
{
    private readonly PriorityQueue<(Scope Scope, Action Act), (long At, long Number)> queue = new();
    private long number;

    public Instant Now { get; private set; } = new(TimeSpan.TicksPerSecond);

    public void After(TimeSpan wait, Scope scope, Action act) =>
        queue.Enqueue((scope, act), ((Now + (wait < TimeSpan.Zero ? TimeSpan.Zero : wait)).Ticks, number++));

    /// <summary>Lets the next thing happen; false if there is none.</summary>
    public bool Step()
    {
        while (queue.TryDequeue(out var next, out var when))
        {
            if (next.Scope.IsOver)
                continue;
            Now = new Instant(when.At);
            next.Act();
            return true;
        }

        return false;
    }
}
