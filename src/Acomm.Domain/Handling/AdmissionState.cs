using LanguageExt;

namespace Acomm.Domain;

/// <summary>Which requests are in handlers and which wait: data only. The default is that of a node with all default limits at its start.</summary>
public readonly record struct AdmissionState
{
    private readonly Limits? limits;

    private AdmissionState(Limits limits, HashMap<EqTaskName, TaskName, int> ownLimits) => (this.limits, OwnLimits) = (limits, ownLimits);

    /// <summary>Nothing runs and nothing waits.</summary>
    /// <param name="limits">How much may.</param>
    /// <param name="ownLimits">Tasks that have a limit of their own, instead of <see cref="Limits.HandlersPerTask"/>.</param>
    public static AdmissionState Create(Limits limits, HashMap<EqTaskName, TaskName, int> ownLimits) => new(limits, ownLimits);

    /// <summary>The limits it keeps to.</summary>
    public Limits Limits => limits ?? Limits.Default;

    /// <summary>Tasks that have a limit of their own.</summary>
    public HashMap<EqTaskName, TaskName, int> OwnLimits { get; }

    /// <summary>Requests in handlers, of all tasks.</summary>
    public int Running { get; private init; }

    /// <summary>Requests that wait, of all tasks.</summary>
    public int Waiting { get; private init; }

    /// <summary>Bytes of the requests that wait, of all tasks.</summary>
    public long WaitingBytes { get; private init; }

    /// <summary>Requests in the handler of a task.</summary>
    public int RunningOf(TaskName task) => Lane(task).Running;

    /// <summary>Requests that wait for the handler of a task.</summary>
    public int WaitingOf(TaskName task) => Lane(task).Waiting.Count;

    /// <summary>So many requests may be in the handler of a task.</summary>
    public int LimitOf(TaskName task) => OwnLimits.Find(task).IfNone(Limits.HandlersPerTask);

    // Of the tasks that somebody was here for.
    private HashMap<EqTaskName, TaskName, Lane> Lanes { get; init; }

    // The tasks for which somebody waits; the one that has waited longest for a place stands first.
    internal Seq<TaskName> Turns { get; private init; }

    internal Lane Lane(TaskName task) => Lanes.Find(task).IfNone(default(Lane));

    internal bool HasPlaceFor(TaskName task, Lane lane) =>
        Running < Limits.Handlers && lane.Running < LimitOf(task);

    /// <summary>Whose turn it is, if somebody waits who may have a place.</summary>
    internal Option<TaskName> Next
    {
        get
        {
            for (var i = 0; i < Turns.Count; i++)
            {
                if (HasPlaceFor(Turns[i], Lane(Turns[i])))
                    return Turns[i];
            }

            return default;
        }
    }

    internal AdmissionState With(TaskName task, Lane lane)
    {
        var old = Lane(task);
        return this with
        {
            Lanes = Lanes.AddOrUpdate(task, lane),
            Turns = (old.Waiting.IsEmpty, lane.Waiting.IsEmpty) switch
            {
                (true, false) => Turns.Add(task),
                (false, true) => TurnsWithout(task),
                _ => Turns,
            },
            Running = Running + lane.Running - old.Running,
            Waiting = Waiting + lane.Waiting.Count - old.Waiting.Count,
            WaitingBytes = WaitingBytes + lane.WaitingBytes - old.WaitingBytes,
        };
    }

    /// <summary>A task that had its turn is behind the others, if somebody still waits for it.</summary>
    internal AdmissionState AfterTurnOf(TaskName task) =>
        Lane(task).Waiting.IsEmpty ? this : this with { Turns = TurnsWithout(task).Add(task) };

    private Seq<TaskName> TurnsWithout(TaskName task) => Turns.Filter(other => other != task).Strict();
}
