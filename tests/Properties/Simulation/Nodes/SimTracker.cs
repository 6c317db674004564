using Acomm.Domain;
using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Properties.Simulation;

/// <summary>
/// A tracker in virtual time: stamps inputs, steps, interprets outputs, arms one timer. As the running tracker does it,
/// but that somebody watches every step. Who waits goes on in a step of its own.
/// </summary>
internal sealed class SimTracker(World world, Site site, Scope process, Action<TrackerOutput.Forward> forward)
{
    private readonly Dictionary<long, Action<Completion>> waiting = [];
    private readonly TrackerWatch watch = new(world.Plan.Limits);
    private Option<Instant> armedFor;
    private Scope timer = new();

    public TrackerState State { get; private set; } = world.Core.Create(world.Plan.Limits);

    public int Open => watch.Outstanding;

    public void Start() => Step(new TrackerInput.Start { At = world.Now });

    public Either<AcommError, Handle> Register(RequestId id, TimeSpan timeout, Route route, Option<Token> token, Action<Completion> completed)
    {
        var output = Step(new TrackerInput.Register(id, timeout, route, token) { At = world.Now })[0];
        if (output is TrackerOutput.Refused refused)
            return refused.Error;
        var handle = ((TrackerOutput.Admitted)output).Handle;
        waiting[handle.Number] = completed;
        return handle;
    }

    public Either<AcommError, Unit> Respond(Response response, Origin from)
    {
        var outputs = Step(new TrackerInput.Respond(response, from) { At = world.Now });
        return outputs[0] is TrackerOutput.Dropped dropped ? dropped.Error : unit;
    }

    public void SendFailed(Handle handle, AcommError error) => Step(new TrackerInput.SendFailed(handle, error) { At = world.Now });

    public void Cancel(Handle handle) => Step(new TrackerInput.Cancel(handle) { At = world.Now });

    public void Stop(Option<TimeSpan> limit) => Step(new TrackerInput.Stop(limit) { At = world.Now });

    /// <summary>Compares all that is open.</summary>
    public void Compare() => watch.Full(State);

    private Seq<TrackerOutput> Step(TrackerInput input)
    {
        var before = State;
        (State, var outputs) = world.Core.Step(before, input);
        watch.See(new Seen(input, before, State, outputs, world.Core.NextDeadline(State)));
        foreach (var output in outputs)
            Interpret(output);
        Arm();
        return outputs;
    }

    private void Interpret(TrackerOutput output)
    {
        switch (output)
        {
            case TrackerOutput.Admitted admitted:
                world.Note(site.Name, "admitted", admitted.Handle.Id.Value, admitted.Handle.Number);
                break;
            case TrackerOutput.Refused refused:
                world.Note(site.Name, "not admitted", refused.Id.Value);
                world.Count("not admitted: " + refused.Error.Name);
                break;
            case TrackerOutput.Deliver deliver:
                Complete(deliver.Handle, deliver.Completion);
                break;
            case TrackerOutput.Forward passedOn:
                world.Count("forwarded");
                forward(passedOn);
                Complete(passedOn.Handle, passedOn.Completion);
                break;
            case TrackerOutput.Dropped dropped:
                world.Note(site.Name, "dropped", dropped.Id.Value, (long)dropped.Reason);
                world.Count("dropped: " + dropped.Reason);
                break;
            case TrackerOutput.Drained drained:
                world.Note(site.Name, "drained", "", drained.Cut);
                break;
        }
    }

    private void Complete(Handle handle, Completion completion)
    {
        world.Note(site.Name, "completed", completion.GetType().Name, handle.Number);
        world.Count("completed: " + completion.GetType().Name);
        if (waiting.Remove(handle.Number, out var completed))
            world.After(TimeSpan.Zero, process, () => completed(completion));
    }

    private void Arm()
    {
        var wanted = world.Core.NextDeadline(State);
        if (wanted == armedFor)
            return;
        armedFor = wanted;
        timer.End();
        timer = new Scope(process);
        if (wanted.Case is Instant due)
            world.After(Wait(due - world.Now), timer, Fire);
    }

    private TimeSpan Wait(TimeSpan wait) =>
        world.Strikes(Fault.LateTimer) ? wait + world.Draw.Millis(1, world.Draw.Of(100, 2_000, 30_000))
        : world.Strikes(Fault.EarlyTimer) ? wait / 2
        : wait;

    private void Fire()
    {
        armedFor = None;
        Step(new TrackerInput.TimePassed { At = world.Now });
    }
}
