using System.Collections.Immutable;
using Acomm.Domain;
using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Effects;

/// <summary>A registration, and the one completion that it will have.</summary>
public readonly record struct Registration(Handle Handle, Task<Completion> Completion)
{
    internal Waiting? Waiting { get; init; }

    /// <summary>Notes how far its request got, for reports; the rules do not need it.</summary>
    internal void Note(SendingPhase phase)
    {
        if (Waiting is not null)
            Waiting.Phase = phase;
    }
}

/// <summary>
/// The tracker, running: inputs are stamped with the time, stepped and carried out one at a time, under a lock. There is
/// one timer, for the earliest deadline. No user code ever runs on the thread that steps.
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

    /// <summary>
    /// The open requests, one part of them after the other, as they are when the part's turn comes. The lock is held for
    /// as long as it takes to copy the references of a 64th of them.
    /// </summary>
    public IEnumerable<OutstandingRequest> Open
    {
        get
        {
            LinkedListNode<OpenRequest>[] places = [];
            for (var part = 0; part < OpenTable.Parts; part++)
            {
                int count;
                lock (gate)
                    count = state.Store.Open.CopyPart(part, ref places);
                for (var i = 0; i < count; i++)
                    yield return places[i].Value.Outstanding;
            }
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
    /// Registers a request that is about to be sent, and what it asks, for reports. Errors: <see cref="AcommError.DuplicateId"/>,
    /// <see cref="AcommError.TrackerFull"/>, <see cref="AcommError.TimeoutInvalid"/>, <see cref="AcommError.NotStarted"/>,
    /// <see cref="AcommError.ShuttingDown"/>.
    /// </summary>
    public Either<AcommError, Registration> Register(RequestId id, TimeSpan timeout, Route route, Option<Token> token, Subject subject = default)
    {
        lock (gate)
        {
            var now = Now;
            var output = Step(new TrackerInput.Register(id, timeout, route, token) { At = now })[0];
            if (output is not TrackerOutput.Admitted admitted)
                return ((TrackerOutput.Refused)output).Error;
            timer.Arm(Tracker<TableStore>.NextDeadline(state), now);
            var waiting = state.Store.Newest;
            (waiting.Subject, waiting.Since) = (subject, now);
            return new Registration(admitted.Handle, waiting.Task) { Waiting = waiting };
        }
    }

    /// <summary>Brings a response to whoever waits for it, and tells the responder whether somebody did.</summary>
    public Either<AcommError, Unit> Respond(Response response, Origin from)
    {
        lock (gate)
        {
            return Step(new TrackerInput.Respond(response, from) { At = Now }) is [TrackerOutput.Dropped dropped, ..] ? dropped.Error : unit;
        }
    }

    /// <summary>Notes that sending failed; completes the registration if the request was certainly not taken.</summary>
    public void SendFailed(Handle handle, AcommError error)
    {
        lock (gate)
            Step(new TrackerInput.SendFailed(handle, error) { At = Now });
    }

    /// <summary>Gives a registration up; false if it was over already.</summary>
    public bool Cancel(Handle handle)
    {
        lock (gate)
            return !Step(new TrackerInput.Cancel(handle) { At = Now }).IsEmpty;
    }

    /// <summary>
    /// Refuses registrations from now on and waits for the open ones; after <paramref name="limit"/> it cuts them. Gives
    /// the number that was cut. A second stop waits for the same end, which the shorter limit of both brings.
    /// </summary>
    public Task<long> StopAsync(Option<TimeSpan> limit)
    {
        lock (gate)
        {
            // Under the lock of the step itself, so that it is not the end of an earlier stop.
            var end = drained.Task;
            var now = Now;
            Step(new TrackerInput.Stop(limit) { At = now });
            timer.Arm(Tracker<TableStore>.NextDeadline(state), now);
            return end;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
            timer.Dispose();
    }

    private void Expire()
    {
        while (ExpireSome())
        {
        }
    }

    // The lock is let go after each step, so that nobody waits long, however much is due.
    private bool ExpireSome()
    {
        lock (gate)
        {
            var now = Now;
            Step(new TrackerInput.TimePassed { At = now });
            var next = Tracker<TableStore>.NextDeadline(state);
            if (next.Exists(due => due <= now))
                return true;
            timer.Rearm(next, now);
            return false;
        }
    }

    private ImmutableArray<TrackerOutput> Step(TrackerInput input)
    {
        (state, var outputs) = Tracker<TableStore>.Step(state, input);
        foreach (var output in outputs)
            CarryOut(output);
        return outputs;
    }

    // Under the lock: whoever waits goes on elsewhere, never on this thread.
    private void CarryOut(TrackerOutput output)
    {
        switch (output)
        {
            case TrackerOutput.Deliver deliver:
                state.Store.NextLeft().SetResult(deliver.Completion);
                break;
            case TrackerOutput.Forward passedOn:
                // Taken first, so that nobody else gets it. Counted as under way before a stop that waits can see that nothing is open.
                var waiting = state.Store.NextLeft();
                forward(passedOn);
                waiting.SetResult(passedOn.Completion);
                break;
            case TrackerOutput.Drained end:
                drained.SetResult(end.Cut);
                drained = NewSource();
                break;
        }
    }

    private static TaskCompletionSource<long> NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
