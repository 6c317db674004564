using Acomm.Domain;
using LanguageExt;

namespace Acomm.Properties.Simulation;

/// <summary>
/// One process of a node: the pure core with the sequencing of the effects around it, and no decision of its own. When it
/// crashes, all of it is gone.
/// </summary>
internal sealed class Node
{
    private static readonly TimeSpan Parting = TimeSpan.FromMilliseconds(100);

    private readonly World world;
    private readonly Worker worker;
    private Scope handlers;
    private Scope sendings;
    private int stops;

    public Node(World world, Site site)
    {
        this.world = world;
        (handlers, sendings) = (new Scope(Process), new Scope(Process));
        var courier = new Courier(world, site);
        var responder = new Responder(world, site, courier);
        var hooks = new Hooks(world, site);
        Proxy? proxy = null;
        Tracker = new SimTracker(world, site, Process, forward => proxy!.Forward(forward));
        proxy = new Proxy(world, site, Tracker, hooks, courier, responder, () => sendings);
        var places = new Places(world);
        worker = new Worker(world, site, responder, places, () => handlers, () => sendings);
        Receiver = new Receiver(world, site, Tracker, proxy, places, worker);
        Caller = new Caller(world, site, Tracker, hooks, courier, Process);
    }

    public Scope Process { get; } = new();

    public SimTracker Tracker { get; }

    public Receiver Receiver { get; }

    public Caller Caller { get; }

    public void Start()
    {
        if (handlers.IsOver)
            handlers = new Scope(Process);
        if (sendings.IsOver)
            sendings = new Scope(Process);
        Tracker.Start();
    }

    /// <summary>Whether the last stop is over, and the node may be started again.</summary>
    public bool IsStopped => stops == 0 && Tracker.State.Phase == TrackerPhase.Stopped;

    /// <summary>Stops; after its limit, if it has one, what still runs is cut: handlers first, and a moment later what is being sent.</summary>
    public void Stop(Option<TimeSpan> limit)
    {
        Tracker.Stop(limit);
        if (limit.Case is not TimeSpan wait)
            return;
        stops++;
        world.After(wait, Process, Cut);
    }

    private void Cut()
    {
        handlers.End();
        worker.Cut();
        world.After(Parting, Process, () =>
        {
            sendings.End();
            stops--;
        });
    }
}
