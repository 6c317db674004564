using System.Diagnostics;
using Acomm.Domain;
using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Effects;

/// <summary>A registration, and the one completion that it will have.</summary>
public sealed record Registration(Handle Handle, Task<Completion> Completion);

/// <summary>
/// The tracker, running: inputs are stamped with the time and stepped one at a time, outputs are interpreted outside the
/// lock. There is one timer, for the earliest deadline. No user code ever runs on the thread that steps.
/// </summary>
public sealed class RunningTracker : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<long, TaskCompletionSource<Completion>> waiting = [];
    private readonly TimeProvider time;
    private readonly long origin;
    private readonly Action<TrackerOutput.Forward> forward;
    private readonly DeadlineTimer timer;
    private TrackerState state;
    private TaskCompletionSource<long> drained = NewSource<long>();

    /// <summary>A tracker that is not started yet.</summary>
    /// <param name="limits">What it takes.</param>
    /// <param name="time">Its clock.</param>
    /// <param name="forward">Is called for an answer that belongs to another node's hook; must return at once, and call back nothing.</param>
    public RunningTracker(Limits limits, TimeProvider time, Action<TrackerOutput.Forward> forward)
    {
        (this.time, this.forward) = (time, forward);
        origin = time.GetTimestamp();
        state = TrackerState.Create(limits);
        timer = new DeadlineTimer(time, Next, () => Step(at => new TrackerInput.TimePassed { At = at }));
    }

    /// <summary>Its state at this moment.</summary>
    public TrackerState State
    {
        get
        {
            lock (gate)
                return state;
        }
    }

    /// <summary>The time on its clock.</summary>
    public Instant Now => new(time.GetElapsedTime(origin).Ticks);

    /// <summary>Takes registrations from now on; again, after a stop.</summary>
    public void Start() => Step(at => new TrackerInput.Start { At = at });

    /// <summary>
    /// Registers a request that is about to be sent. Errors: <see cref="AcommError.DuplicateId"/>,
    /// <see cref="AcommError.TrackerFull"/>, <see cref="AcommError.TimeoutInvalid"/>, <see cref="AcommError.NotStarted"/>,
    /// <see cref="AcommError.ShuttingDown"/>.
    /// </summary>
    public Either<AcommError, Registration> Register(RequestId id, TimeSpan timeout, Route route, Option<Token> token) =>
        Step(at => new TrackerInput.Register(id, timeout, route, token) { At = at })[0] switch
        {
            (TrackerOutput.Admitted admitted, { } completion) => new Registration(admitted.Handle, completion),
            (TrackerOutput.Refused refused, _) => refused.Error,
            _ => throw new UnreachableException(),
        };

    /// <summary>Brings a response to whoever waits for it, and tells the responder whether somebody did.</summary>
    public Either<AcommError, Unit> Respond(Response response, Origin from) =>
        Step(at => new TrackerInput.Respond(response, from) { At = at })
            .Map(done => done.Output)
            .OfType<TrackerOutput.Dropped>()
            .Select(output => Left<AcommError, Unit>(output.Error))
            .FirstOrDefault(unit);

    /// <summary>Notes that sending failed; completes the registration if the request was certainly not taken.</summary>
    public void SendFailed(Handle handle, AcommError error) => Step(at => new TrackerInput.SendFailed(handle, error) { At = at });

    /// <summary>Gives a registration up.</summary>
    public void Cancel(Handle handle) => Step(at => new TrackerInput.Cancel(handle) { At = at });

    /// <summary>
    /// Refuses registrations from now on and waits for the open ones; after <paramref name="limit"/> it cuts them. Gives
    /// the number that was cut. A second stop waits for the same end, which the shorter limit of both brings.
    /// </summary>
    public Task<long> StopAsync(Option<TimeSpan> limit)
    {
        Task<long>? end = null;
        Step(at =>
        {
            // Under the lock of the step itself, so that it is not the end of an earlier stop.
            end = drained.Task;
            return new TrackerInput.Stop(limit) { At = at };
        });
        return end!;
    }

    /// <inheritdoc/>
    public void Dispose() => timer.Dispose();

    private List<(TrackerOutput Output, Task<Completion>? Completion)> Step(Func<Instant, TrackerInput> input)
    {
        var done = new List<(TrackerOutput Output, Task<Completion>?)>(1);
        lock (gate)
        {
            (state, var outputs) = Tracker.Step(state, input(Now));
            foreach (var output in outputs)
                done.Add((output, Settle(output)));
        }

        timer.Arm();
        return done;
    }

    // Under the lock: whoever waits goes on elsewhere, never on this thread.
    private Task<Completion>? Settle(TrackerOutput output)
    {
        switch (output)
        {
            case TrackerOutput.Admitted admitted:
                return (waiting[admitted.Handle.Number] = NewSource<Completion>()).Task;
            case TrackerOutput.Deliver deliver:
                Complete(deliver.Handle, deliver.Completion);
                break;
            case TrackerOutput.Forward passedOn:
                // Counted as under way before a stop that waits can see that nothing is open.
                forward(passedOn);
                Complete(passedOn.Handle, passedOn.Completion);
                break;
            case TrackerOutput.Drained end:
                drained.SetResult(end.Cut);
                drained = NewSource<long>();
                break;
        }

        return null;
    }

    private void Complete(Handle handle, Completion completion)
    {
        if (waiting.Remove(handle.Number, out var source))
            source.TrySetResult(completion);
    }

    private (Option<Instant> Next, Instant Now) Next()
    {
        lock (gate)
            return (Tracker.NextDeadline(state), Now);
    }

    private static TaskCompletionSource<T> NewSource<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
