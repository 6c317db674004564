using Acomm.Domain;
using LanguageExt;
using static Acomm.Properties.Simulation.Violation;

namespace Acomm.Properties.Simulation;

/// <summary>All that there is in a run: hosts, nodes, network, users, time, and one source of chance for all of it.</summary>
internal sealed class World
{
    /// <summary>The task that every node serves.</summary>
    public static readonly TaskName Task = Known.Task("work");

    // What is left when all is healed is bounded by its deadlines; a world that goes on beyond this never comes to rest.
    private const long RestlessSteps = 200_000;

    private readonly Schedule schedule = new();
    private readonly long[] faults = new long[Plan.Faults.Count];
    private readonly SortedDictionary<string, long> outcomes = new(StringComparer.Ordinal);

    public World(ulong seed, Core core, Action<Happening>? reader)
    {
        (Draw, Core) = (new Draw(seed), core);
        Plan = Plan.From(Draw);
        Journal = new Journal(schedule, reader);
        Net = new Net(this);
        Users = new Users(this);
        var hosts = Enumerable.Range(0, Plan.Hosts).Select(n => new Host(n)).ToList();
        Sites = hosts.SelectMany(host => Enumerable.Range(0, Plan.NodesPerHost).Select(n => new Site(host, (host.Number * Plan.NodesPerHost) + n))).ToList();
        foreach (var site in Sites)
            Net.Add(site);
    }

    public Draw Draw { get; }

    public Core Core { get; }

    public Plan Plan { get; }

    public Journal Journal { get; }

    public Net Net { get; }

    public Users Users { get; }

    public Ledger Ledger { get; } = new();

    public Streams Streams { get; } = new();

    public IReadOnlyList<Site> Sites { get; }

    /// <summary>The scope of what no process owns.</summary>
    public Scope Whole { get; } = new();

    public Instant Now => schedule.Now;

    /// <summary>No fault strikes any more.</summary>
    public bool IsHealed { get; private set; }

    public IReadOnlyList<long> Faults => faults;

    public IReadOnlyDictionary<string, long> Outcomes => outcomes;

    public void After(TimeSpan wait, Scope scope, Action act) => schedule.After(wait, scope, act);

    public void Note(string where, string what, string detail = "", long number = 0) => Journal.Note(where, what, detail, number);

    public void Count(string outcome) => outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + 1;

    /// <summary>Whether a fault strikes here and now.</summary>
    public bool Strikes(Fault fault)
    {
        if (IsHealed || !Draw.Chance(Plan.PerMille[(int)fault]))
            return false;
        faults[(int)fault]++;
        Note("", Plan.Names[(int)fault]);
        return true;
    }

    /// <summary>Lives through its plan; a violation ends it early.</summary>
    public void Live()
    {
        foreach (var site in Sites)
            StartAt(site);
        Users.Start();
        while (Journal.Step < Plan.Steps && Step()) { }
        Heal();
        Rest();
        Users.Probe();
        Rest();
        End();
    }

    public void StartAt(Site site)
    {
        if (site.Node is null)
            site.Node = new Node(this, site);
        site.Node.Start();
        Note(site.Name, "started");
    }

    private bool Step()
    {
        Journal.Step++;
        return schedule.Step();
    }

    private void Heal()
    {
        IsHealed = true;
        Net.JoinAll();
        foreach (var site in Sites.Where(s => s.Node is null))
            StartAt(site);
    }

    private void Rest()
    {
        var start = Journal.Step;
        while (Step())
            Expect(Journal.Step - start < RestlessSteps, Invariant.HealedIsServed, $"the world comes to rest within {RestlessSteps} steps");
    }

    // Nothing is under way and no time will pass: everything has ended, and every tracker drains at once.
    private void End()
    {
        foreach (var call in Ledger.Calls)
        {
            Expect(call.Ended is not null || call.Process.IsOver, Invariant.ExactlyOnce, $"call {call.Serial} with the id {call.Id} has an end");
            Expect(
                call.Part is not { } part || call.Process.IsOver || part.Gathered.IsComplete,
                Invariant.GatheredNames,
                $"all calls that {call.Serial} was gathered with have ended");
            Expect(
                !call.IsProbe || call.Ended == nameof(Completion.Answered),
                Invariant.HealedIsServed,
                $"call {call.Serial} is answered when all is healed, not {call.Ended}");
            Count("call: " + (call.Ended ?? "died with its process"));
        }

        foreach (var site in Sites)
        {
            var tracker = site.Node!.Tracker;
            tracker.Compare();
            Expect(tracker.State.Outstanding == 0, Invariant.HealedIsServed, $"{site.Name} has nothing open");
            tracker.Stop(Option<TimeSpan>.None);
            Expect(tracker.State.Phase == TrackerPhase.Stopped, Invariant.StopEnds, $"{site.Name} drains at once");
            var late = tracker.Register(Known.Id($"late"), Plan.Limits.RequestTimeout, Route.ToCaller, Option<Token>.None, _ => { });
            Expect(late.Case is AcommError.ShuttingDown, Invariant.StopIsABarrier, $"{site.Name} takes nothing when it is stopped");
        }
    }
}
