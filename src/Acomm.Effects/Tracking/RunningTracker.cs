using System.Collections.Immutable;
using Acomm.Domain;
using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Effects;

/// <summary>A registration, and the one completion that it will have.</summary>
public readonly record struct Registration(Handle Handle, Task<Completion> Completion);

/// <summary>
/// The tracker, running: inputs are stamped with the time and stepped one at a time, under a lock; whoever waits is told
/// when it is released. There is one timer, for the earliest deadline. No user code ever runs on the thread that steps.
/// </summary>
public sealed class RunningTracker : IDisposable
{
    private readonly Lock gate = new();
    private readonly TimeProvider time;
    private readonly long origin;
    private readonly Action<TrackerOutput.Forward> forward;
    private readonly DeadlineTimer timer;
    private TrackerState<TableStore> state;
    private TaskCompletionSource<long> drained = NewSource();
    private Action? ended;
    private int telling;

    /// <summary>A tracker that is not started yet.</summary>
    /// <param name="limits">What it takes.</param>
    /// <param name="time">Its clock.</param>
    /// <param name="forward">Is called for an answer that belongs to another node's hook; must return at once, and call back nothing.</param>
    public RunningTracker(Limits limits, TimeProvider time, Action<TrackerOutput.Forward> forward)
    {
        (this.time, this.forward) = (time, forward);
        origin = time.GetTimestamp();
        state = new TrackerState<TableStore>(limits, new TableStore());
        timer = new DeadlineTimer(time, Expire);
    }

    /// <summary>Its state at this moment, copied: that takes as long as much is open.</summary>
    public TrackerState State
    {
        get
        {
            lock (gate)
                return TableStore.Copied(state);
        }
    }

    /// <summary>Where in its life it is.</summary>
    public TrackerPhase Phase
    {
        get
        {
            lock (gate)
                return state.Phase;
        }
    }

    /// <summary>Open requests.</summary>
    public int Outstanding
    {
        get
        {
            lock (gate)
                return state.Store.Outstanding;
        }
    }

    /// <summary>What happened so far.</summary>
    public Tally Tally
    {
        get
        {
            lock (gate)
                return state.Tally;
        }
    }

    /// <summary>The time on its clock.</summary>
    public Instant Now => new(time.GetElapsedTime(origin).Ticks);

    /// <summary>Takes registrations from now on; again, after a stop.</summary>
    public void Start()
    {
        lock (gate)
            Step(new TrackerInput.Start { At = Now });
    }

    /// <summary>
    /// Registers a request that is about to be sent. Errors: <see cref="AcommError.DuplicateId"/>,
    /// <see cref="AcommError.TrackerFull"/>, <see cref="AcommError.TimeoutInvalid"/>, <see cref="AcommError.NotStarted"/>,
    /// <see cref="AcommError.ShuttingDown"/>.
    /// </summary>
    public Either<AcommError, Registration> Register(RequestId id, TimeSpan timeout, Route route, Option<Token> token)
    {
        lock (gate)
        {
            var now = Now;
            var output = Step(new TrackerInput.Register(id, timeout, route, token) { At = now })[0];
            if (output is not TrackerOutput.Admitted admitted)
                return ((TrackerOutput.Refused)output).Error;
            timer.Arm(Tracker<TableStore>.NextDeadline(state), now);
            return new Registration(admitted.Handle, state.Store.Newest);
        }
    }

    /// <summary>Brings a response to whoever waits for it, and tells the responder whether somebody did.</summary>
    public Either<AcommError, Unit> Respond(Response response, Origin from)
    {
        Endings endings = default;
        Either<AcommError, Unit> told;
        lock (gate)
            told = Respond(response, from, ref endings);
        Tell(endings);
        return told;
    }

    /// <summary>Brings responses that came together, one after the other as <see cref="Respond(Response, Origin)"/> does.</summary>
    /// <param name="responses">The responses.</param>
    /// <param name="from">Where all of them came from.</param>
    /// <param name="told">Takes what the responder of each is told; as long as <paramref name="responses"/>.</param>
    public void Respond(ReadOnlySpan<Response> responses, Origin from, Span<Either<AcommError, Unit>> told)
    {
        Endings endings = default;
        lock (gate)
        {
            for (var i = 0; i < responses.Length; i++)
                told[i] = Respond(responses[i], from, ref endings);
        }

        Tell(endings);
    }

    /// <summary>Notes that sending failed; completes the registration if the request was certainly not taken.</summary>
    public void SendFailed(Handle handle, AcommError error)
    {
        Endings endings = default;
        lock (gate)
            Interpret(Step(new TrackerInput.SendFailed(handle, error) { At = Now }), ref endings);
        Tell(endings);
    }

    /// <summary>Gives a registration up.</summary>
    public void Cancel(Handle handle)
    {
        Endings endings = default;
        lock (gate)
            Interpret(Step(new TrackerInput.Cancel(handle) { At = Now }), ref endings);
        Tell(endings);
    }

    /// <summary>
    /// Refuses registrations from now on and waits for the open ones; after <paramref name="limit"/> it cuts them. Gives
    /// the number that was cut. A second stop waits for the same end, which the shorter limit of both brings.
    /// </summary>
    public Task<long> StopAsync(Option<TimeSpan> limit)
    {
        Endings endings = default;
        Task<long> end;
        lock (gate)
        {
            // Under the lock of the step itself, so that it is not the end of an earlier stop.
            end = drained.Task;
            var now = Now;
            Interpret(Step(new TrackerInput.Stop(limit) { At = now }), ref endings);
            timer.Arm(Tracker<TableStore>.NextDeadline(state), now);
        }

        Tell(endings);
        return end;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
            timer.Dispose();
    }

    // Lets go of the lock after each step, so that nobody waits long, however much is due.
    private void Expire()
    {
        bool isMoreDue;
        do
        {
            Endings endings = default;
            lock (gate)
            {
                var now = Now;
                timer.Disarm();
                Interpret(Step(new TrackerInput.TimePassed { At = now }), ref endings);
                var next = Tracker<TableStore>.NextDeadline(state);
                isMoreDue = next.Exists(due => due <= now);
                if (!isMoreDue)
                    timer.Arm(next, now);
            }

            Tell(endings);
        }
        while (isMoreDue);
    }

    private Either<AcommError, Unit> Respond(Response response, Origin from, ref Endings endings)
    {
        var outputs = Step(new TrackerInput.Respond(response, from) { At = Now });
        if (outputs is [TrackerOutput.Dropped dropped])
            return dropped.Error;
        Interpret(outputs, ref endings);
        return unit;
    }

    private ImmutableArray<TrackerOutput> Step(TrackerInput input)
    {
        (state, var outputs) = Tracker<TableStore>.Step(state, input);
        return outputs;
    }

    private void Interpret(ImmutableArray<TrackerOutput> outputs, ref Endings endings)
    {
        if (outputs.IsEmpty)
            return;
        if (endings.TryBegin(outputs.Length))
            Interlocked.Increment(ref telling);
        foreach (var output in outputs)
        {
            switch (output)
            {
                case TrackerOutput.Deliver deliver:
                    endings.Add(state.Store.NextLeft(), deliver.Completion);
                    break;
                case TrackerOutput.Forward passedOn:
                    // Counted as under way before a stop that waits can see that nothing is open.
                    forward(passedOn);
                    endings.Add(state.Store.NextLeft(), passedOn.Completion);
                    break;
                case TrackerOutput.Drained end:
                    End(end.Cut);
                    break;
            }
        }
    }

    // A stop is over when everybody was told: not only what this step completed, also what others did that stepped before.
    private void End(long cut)
    {
        var source = drained;
        ended += () => source.SetResult(cut);
        drained = NewSource();
    }

    private void Tell(Endings endings)
    {
        if (!endings.HasBegun)
            return;
        endings.Tell();
        if (Interlocked.Decrement(ref telling) > 0 || Volatile.Read(ref ended) is null)
            return;
        Action? stops;
        lock (gate)
        {
            // Whoever began to tell in between ends it.
            if (Volatile.Read(ref telling) > 0)
                return;
            (stops, ended) = (ended, null);
        }

        stops?.Invoke();
    }

    private static TaskCompletionSource<long> NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
