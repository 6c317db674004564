using LanguageExt;

namespace Acomm.Domain;

/// <summary>Which requests are in handlers and which wait: data only.</summary>
public sealed record AdmissionState
{
    private HashMap<EqTaskName, TaskName, Lane> lanes;

    private AdmissionState(Limits limits, HashMap<EqTaskName, TaskName, int> ownLimits) => (Limits, OwnLimits) = (limits, ownLimits);

    /// <summary>Nothing runs and nothing waits.</summary>
    /// <param name="limits">How much may.</param>
    /// <param name="ownLimits">Tasks that have a limit of their own, instead of <see cref="Limits.HandlersPerTask"/>.</param>
    public static AdmissionState Create(Limits limits, HashMap<EqTaskName, TaskName, int> ownLimits) => new(limits, ownLimits);

    /// <summary>The limits it keeps to.</summary>
    public Limits Limits { get; }

    /// <summary>Tasks that have a limit of their own.</summary>
    public HashMap<EqTaskName, TaskName, int> OwnLimits { get; }

    /// <summary>Requests in handlers, of all tasks.</summary>
    public int Running { get; private init; }

    /// <summary>Bytes of the requests that wait, of all tasks.</summary>
    public long WaitingBytes { get; private init; }

    /// <summary>Requests in the handler of a task.</summary>
    public int RunningOf(TaskName task) => Lane(task).Running;

    /// <summary>Requests that wait for the handler of a task.</summary>
    public int WaitingOf(TaskName task) => Lane(task).Waiting.Count;

    internal long NextTurn { get; init; }

    internal Lane Lane(TaskName task) => lanes.Find(task).IfNone(Domain.Lane.Empty);

    internal bool HasPlaceFor(TaskName task, Lane lane) =>
        Running < Limits.Handlers && lane.Running < OwnLimits.Find(task).IfNone(Limits.HandlersPerTask);

    /// <summary>Whose turn it is, if somebody waits who may have a place. Turns differ, so that no order of a hash comes in.</summary>
    internal Option<(TaskName Task, Lane Lane)> Next =>
        lanes.AsEnumerable()
            .Filter(l => !l.Value.Waiting.IsEmpty && HasPlaceFor(l.Key, l.Value))
            .OrderBy(l => l.Value.Turn)
            .HeadOrNone()
            .Map(l => (l.Key, l.Value));

    internal AdmissionState With(TaskName task, Lane lane)
    {
        var old = Lane(task);
        return this with
        {
            lanes = lanes.AddOrUpdate(task, lane),
            Running = Running + lane.Running - old.Running,
            WaitingBytes = WaitingBytes + lane.WaitingBytes - old.WaitingBytes,
        };
    }
}
