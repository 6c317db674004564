using Acomm.Domain;
using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Properties.Running.Concurrency;

/// <summary>What is wrong with a broken tracker.</summary>
public enum Fault
{
    /// <summary>Nothing: the control.</summary>
    None,

    /// <summary>Reads the state, decides, and writes it back, with nobody kept out in between.</summary>
    CheckThenAct,

    /// <summary>Reads the clock before it is its turn.</summary>
    EarlyClock,

    /// <summary>Drops what is given up while another thread is inside.</summary>
    LosesInput,

    /// <summary>Sets its timer to the deadline that was added last.</summary>
    LastDeadline,

    /// <summary>Takes the end of a stop before it has stopped.</summary>
    EarlyEnd,

    /// <summary>Tells a responder that it was first before that is sure.</summary>
    EarlyAcknowledgement,
}

/// <summary>A small running tracker on the pure core, with one fault in it. The search has to find each.</summary>
internal sealed class BrokenTracker : ITracked
{
    private readonly Lock gate = new();
    private readonly List<TrackerOutput.Forward> forwarded = [];
    private readonly Dictionary<long, TaskCompletionSource<Completion>> waiting = [];
    private readonly Fault fault;
    private readonly TimeProvider clock;
    private readonly long origin;
    private readonly ITimer timer;
    private TrackerState state;
    private TaskCompletionSource<long> drained = new();
    private int inside;

    public BrokenTracker(Fault fault, Limits limits, TimeProvider clock)
    {
        (this.fault, this.clock, origin, state) = (fault, clock, clock.GetTimestamp(), TrackerState.Create(limits));
        timer = clock.CreateTimer(_ => Step(at => new TrackerInput.TimePassed { At = at }), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public TrackerState State
    {
        get
        {
            lock (gate)
                return state;
        }
    }

    public IReadOnlyList<TrackerOutput.Forward> Forwarded => forwarded;

    private Instant Now => new(clock.GetElapsedTime(origin).Ticks);

    public void Start() => Step(at => new TrackerInput.Start { At = at });

    public Held Register(TrackerInput.Register asked)
    {
        Task<Completion>? completion = null;
        var output = Step(at => asked with { At = at }, said => completion = said is TrackerOutput.Admitted a ? waiting[a.Handle.Number].Task : null)[0];
        return output switch
        {
            TrackerOutput.Admitted admitted => Held.Of(
                asked.Id,
                completion!,
                () => GiveUp(admitted.Handle),
                error => Step(at => new TrackerInput.SendFailed(admitted.Handle, error) { At = at })),
            TrackerOutput.Refused refused => Held.Refused(refused.Error),
            _ => throw new InvalidOperationException(output.ToString()),
        };
    }

    public Acknowledgement Respond(Response response, Origin origin)
    {
        var waits = false;
        if (fault == Fault.EarlyAcknowledgement)
        {
            waits = State.Entries.ContainsKey(response.Id);
            Interleaving.Pause();
        }

        var dropped = Step(at => new TrackerInput.Respond(response, origin) { At = at }).OfType<TrackerOutput.Dropped>().FirstOrDefault();
        return dropped is null || (waits && dropped.Reason != DropReason.Forbidden) ? Acknowledgement.Ok : Acknowledgement.Refuse(dropped.Error);
    }

    public Task<long> StopAsync(Option<TimeSpan> limit)
    {
        Task<long>? end = null;
        if (fault == Fault.EarlyEnd)
        {
            lock (gate)
                end = drained.Task;
            Interleaving.Pause();
        }

        Step(at =>
        {
            end ??= drained.Task;
            return new TrackerInput.Stop(limit) { At = at };
        });
        return end!;
    }

    public void Dispose() => timer.Dispose();

    private void GiveUp(Handle handle)
    {
        if (fault != Fault.LosesInput || Volatile.Read(ref inside) == 0)
            Step(at => new TrackerInput.Cancel(handle) { At = at });
    }

    private Seq<TrackerOutput> Step(Func<Instant, TrackerInput> input, Action<TrackerOutput>? first = null)
    {
        Interlocked.Increment(ref inside);
        var early = fault == Fault.EarlyClock ? Some(Now) : None;
        try
        {
            if (fault == Fault.CheckThenAct)
                return Act(input, early, first);
            lock (gate)
                return Act(input, early, first);
        }
        finally
        {
            Interlocked.Decrement(ref inside);
        }
    }

    private Seq<TrackerOutput> Act(Func<Instant, TrackerInput> input, Option<Instant> early, Action<TrackerOutput>? first)
    {
        var old = state;
        var added = input(early.IfNone(() => Now));
        (state, var outputs) = Tracker.Step(old, added);
        outputs.Iter(Settle);
        outputs.HeadOrNone().IfSome(output => first?.Invoke(output));
        var next = fault == Fault.LastDeadline && added is TrackerInput.Register { Timeout.Ticks: > 0 } register
            ? Some(register.At + register.Timeout)
            : Tracker.NextDeadline(state);
        timer.Change(next.Match(Some: due => Limited(due - added.At), None: () => Timeout.InfiniteTimeSpan), Timeout.InfiniteTimeSpan);
        return outputs;
    }

    private static TimeSpan Limited(TimeSpan wait) => new(Math.Clamp(wait.Ticks, 0, TimeSpan.TicksPerDay));

    private void Settle(TrackerOutput output)
    {
        switch (output)
        {
            case TrackerOutput.Admitted admitted:
                waiting[admitted.Handle.Number] = new TaskCompletionSource<Completion>();
                break;
            case TrackerOutput.Deliver deliver:
                waiting[deliver.Handle.Number].TrySetResult(deliver.Completion);
                break;
            case TrackerOutput.Forward forward:
                forwarded.Add(forward);
                waiting[forward.Handle.Number].TrySetResult(forward.Completion);
                break;
            case TrackerOutput.Drained end:
                drained.TrySetResult(end.Cut);
                drained = new TaskCompletionSource<long>();
                break;
        }
    }
}
