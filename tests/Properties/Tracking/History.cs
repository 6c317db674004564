using Acomm.Domain;
using Acomm.Properties.Generators;
using LanguageExt;
using Xunit;
using static LanguageExt.Prelude;

namespace Acomm.Properties.Tracking;

/// <summary>One step of the tracker: what was, what came in, what came of it.</summary>
internal sealed record Moment(TrackerState Before, TrackerInput Input, TrackerState After, IReadOnlyList<TrackerOutput> Outputs)
{
    public static Moment Of(TrackerState before, TrackerInput input)
    {
        var (after, outputs) = Tracker.Step(before, input);
        return new Moment(before, input, after, outputs.ToList());
    }

    /// <summary>The registrations that this step completed, in order.</summary>
    public IEnumerable<(Handle Handle, Completion Completion)> Completions => Outputs.SelectMany(output => output switch
    {
        TrackerOutput.Deliver deliver => [(deliver.Handle, deliver.Completion)],
        TrackerOutput.Forward forward => [(forward.Handle, forward.Completion)],
        _ => Enumerable.Empty<(Handle, Completion)>(),
    });
}

/// <summary>A script as a tracker played it.</summary>
internal sealed class History
{
    private readonly List<Moment> moments = [];

    private History(Script script)
    {
        Now = new Instant(script.OriginTicks);
        State = TrackerState.Create(script.Limits);
    }

    public Instant Now { get; private set; }

    public TrackerState State { get; private set; }

    public IReadOnlyList<Moment> Moments => moments;

    public IEnumerable<TrackerInput> Inputs => moments.Select(m => m.Input);

    public IEnumerable<TrackerOutput> Outputs => moments.SelectMany(m => m.Outputs);

    public IEnumerable<(Handle Handle, Completion Completion)> Completions => moments.SelectMany(m => m.Completions);

    public IEnumerable<Handle> Admitted => Outputs.OfType<TrackerOutput.Admitted>().Select(a => a.Handle);

    public static History Of(Script script)
    {
        var history = new History(script);
        foreach (var move in script.Moves)
            history.Play(move);
        return history;
    }

    /// <summary>Plays a script, then lets time pass, deadline by deadline, until nothing is open.</summary>
    public static History Ended(Script script)
    {
        var history = Of(script);
        history.PassUntilNothingIsOpen();
        return history;
    }

    public void Play(Move move)
    {
        Now = Later(move.After);
        Step(InputOf(move));
    }

    public Moment Step(TrackerInput input)
    {
        var moment = Moment.Of(State, input);
        moments.Add(moment);
        State = moment.After;
        Now = input.At > Now ? input.At : Now;
        return moment;
    }

    public void PassUntilNothingIsOpen()
    {
        while (Tracker.NextDeadline(State).Case is Instant next)
        {
            var open = State.Outstanding;
            Step(new TrackerInput.TimePassed { At = next > Now ? next : Now });
            Assert.True(State.Outstanding < open, "a step at the next deadline completes something");
        }
    }

    // From what anybody can see of the state, not from the query under test.
    private Instant Later(Pace pace)
    {
        if (!pace.ToDeadline)
            return Now + new TimeSpan(pace.Ticks);
        var due = State.Entries.Values.Select(e => e.Deadline).Concat(State.StopDeadline).DefaultIfEmpty(Now).Min();
        var wanted = new Instant(due.Ticks + pace.Ticks);
        return wanted > Now ? wanted : Now;
    }

    private TrackerInput InputOf(Move move) => move switch
    {
        Move.Start => new TrackerInput.Start { At = Now },
        Move.Register r => new TrackerInput.Register(
            TrackerWords.Id(r.Id),
            r.Timeout,
            r.Forwarded ? new Route.Forward(TrackerWords.Hook, Reach.Anywhere) : Route.ToCaller,
            TrackerWords.TokenOf(r.Secret))
        { At = Now },
        Move.Respond r => new TrackerInput.Respond(TrackerWords.ResponseOf(r.Id, r.Payload), TrackerWords.OriginOf(r.Sender)) { At = Now },
        Move.SendFailed f => new TrackerInput.SendFailed(Nth(f.Nth), TrackerWords.ErrorOf(f.Delivery)) { At = Now },
        Move.Cancel c => new TrackerInput.Cancel(Nth(c.Nth)) { At = Now },
        Move.Stop s => new TrackerInput.Stop(Optional(s.Limit)) { At = Now },
        _ => new TrackerInput.TimePassed { At = Now },
    };

    // A number that was not given out yet makes a handle that nobody owns.
    private Handle Nth(int nth) => Admitted.Skip(nth).Concat([new Handle(TrackerWords.Id(nth), nth)]).First();
}
