using Acomm.Domain;
using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Properties.Simulation;

/// <summary>What befalls whole nodes and hosts: crashes, stops, partitions, each with its end.</summary>
internal sealed class Operators(World world)
{
    public void Act()
    {
        if (world.Strikes(Fault.Crash))
            Crash(world.Draw.From(world.Sites));
        if (world.Strikes(Fault.Stop))
            Stop(world.Draw.From(world.Sites));
        if (world.Plan.Hosts > 1 && world.Strikes(Fault.Partition))
            Part();
    }

    /// <summary>Stops the node there, perhaps twice, with or without a limit; it is started again when it is drained.</summary>
    public void Stop(Site site)
    {
        if (site.Node is not { } node)
            return;
        var limit = world.Draw.Chance(600) ? Some(world.Draw.Millis(-10, 1000)) : None;
        world.Note(site.Name, "stops", "", limit.Map(l => (long)l.TotalMilliseconds).IfNone(-1));
        node.Stop(limit);
        if (world.Draw.Chance(300))
            world.After(world.Draw.Millis(0, 500), node.Process, () => StopStill(node));
        StartAgain(site, node);
    }

    private void StopStill(Node node)
    {
        if (node.Tracker.State.Phase != TrackerPhase.Running)
            node.Stop(world.Draw.Millis(0, 1000));
    }

    private void StartAgain(Site site, Node node) => world.After(world.Draw.Millis(20, 800), node.Process, () =>
    {
        if (node.IsStopped)
            world.StartAt(site);
        else if (node.Tracker.State.Phase != TrackerPhase.Running)
            StartAgain(site, node);
    });

    private void Crash(Site site)
    {
        if (site.Node is not { } node)
            return;
        node.Tracker.Compare();
        world.Note(site.Name, "crashes", "", node.Tracker.Open);
        site.Node = null;
        node.Process.End();
        world.After(world.Draw.Millis(10, 3000), world.Whole, () =>
        {
            if (site.Node is null)
                world.StartAt(site);
        });
    }

    private void Part()
    {
        var hosts = world.Sites.Select(s => s.Host).Distinct().ToList();
        var (a, b) = (world.Draw.From(hosts), world.Draw.From(hosts));
        if (a == b)
            return;
        world.Net.Part(a, b);
        world.After(world.Draw.Millis(100, 8000), world.Whole, () => world.Net.Join(a, b));
    }
}
