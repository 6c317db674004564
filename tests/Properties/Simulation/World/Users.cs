using System.Globalization;
using Acomm.Domain;
using LanguageExt;

namespace Acomm.Properties.Simulation;

/// <summary>What the users of the nodes do: they call, give up, wait for several at once, and go on from inside an answer.</summary>
internal sealed class Users(World world)
{
    private readonly Operators operators = new(world);
    private readonly Strangers strangers = new(world);

    public void Start() => Act();

    /// <summary>When all is healed, everybody calls his neighbour.</summary>
    public void Probe()
    {
        for (var i = 0; i < world.Sites.Count; i++)
        {
            var (from, to) = (world.Sites[i], world.Sites[(i + 1) % world.Sites.Count]);
            var onSocket = from == to || (from.Host == to.Host && i % 2 == 0);
            Begin(from, Known.Id($"probe{i}"), onSocket ? to.OwnHook : to.PublicUrl, TimeSpan.FromSeconds(20), probe: true);
        }
    }

    /// <summary>A call ended; its user goes on from there.</summary>
    public void Heard(Call call)
    {
        if (call.Part is { } part)
            part.Gathered.Add(part.Name, call.Ended!);
        if (world.IsHealed || call.From.Node is not { } node)
            return;
        if (world.Draw.Chance(150))
            Begin(call.From, call.Id, AnyAddress(call.From), AnyTimeout());
        if (world.Draw.Chance(50))
            node.Caller.Cancel(call);
        if (world.Draw.Chance(100) && world.Strikes(Fault.Stop))
            operators.Stop(call.From);
    }

    private void Act()
    {
        if (world.IsHealed)
            return;
        world.After(world.Draw.Millis(0, 2 * world.Plan.GapMillis), world.Whole, Act);
        operators.Act();
        strangers.Act();
        if (world.Draw.From(world.Sites) is not { Node: not null } site || (!IsRunning(site.Node) && !world.Draw.Chance(100)))
            return;
        var what = world.Draw.Below(100);
        if (what < 70)
            Begin(site, AnyId(), AnyAddress(site), AnyTimeout());
        else if (what < 75)
            site.Node.Caller.Tell(NewCall(site, AnyId(), AnyAddress(site), AnyTimeout(), wantsAnswer: false));
        else if (what < 90 && world.Ledger.Calls.Count > 0)
            Cancel(world.Ledger.Calls[Math.Max(0, world.Ledger.Calls.Count - 1 - world.Draw.Below(20))]);
        else
            Gather(site);
    }

    private static bool IsRunning(Node node) => node.Tracker.State.Phase == TrackerPhase.Running;

    // Open or not: only what is open may be given up by it.
    private static void Cancel(Call call)
    {
        if (!call.Process.IsOver)
            call.From.Node!.Caller.Cancel(call);
    }

    private void Gather(Site site)
    {
        var names = Enumerable.Range(0, world.Draw.Between(1, 4)).Select(n => n.ToString(CultureInfo.InvariantCulture)).ToList();
        var gathered = new Gathered(names);
        foreach (var name in names)
            Begin(site, AnyId(), AnyAddress(site), AnyTimeout(), (gathered, name));
    }

    private void Begin(Site from, RequestId id, Address to, TimeSpan timeout, (Gathered, string)? part = null, bool probe = false) =>
        from.Node!.Caller.Begin(NewCall(from, id, to, timeout, part, probe));

    private Call NewCall(Site from, RequestId id, Address to, TimeSpan timeout, (Gathered, string)? part = null, bool probe = false, bool wantsAnswer = true)
    {
        var serial = world.Ledger.Calls.Count + 1;
        var source = !probe && world.Draw.Chance(100) ? FormattableString.Invariant($"data {serial}") : null;
        var offered = source is null ? Option<Address>.None : world.Streams.Offer(from, source);
        var call = new Call(serial, from, id, timeout, to)
        {
            Args = Known.Json(FormattableString.Invariant($"{Ledger.ArgsStart}{serial}, \"n\":1e999,  \"s\":\"\\u0000\\ud83d\\ude00\"}}")),
            TaskUrl = !probe && world.Draw.Chance(200) ? AnyAddress(world.Draw.From(world.Sites)) : Option<Address>.None,
            Stream = offered.Map(o => world.Streams.Carry(from, o, to.IsUnix ? StreamStep.Keep : StreamStep.PublishOverHttp)),
            Source = source,
            Part = part,
            IsProbe = probe,
            WantsAnswer = wantsAnswer,
            Process = from.Node!.Process,
        };
        world.Ledger.Begin(call);
        return call;
    }

    private RequestId AnyId() => Known.Id($"r{world.Draw.Below(world.Plan.Ids)}");

    private Address AnyAddress(Site from)
    {
        var to = world.Draw.From(world.Sites);
        return to.Host == from.Host && world.Draw.Chance(600) ? to.OwnHook : to.PublicUrl;
    }

    private TimeSpan AnyTimeout() => world.Draw.Below(20) switch
    {
        0 => TimeSpan.Zero,
        < 5 => world.Draw.Millis(1, 5) * 10,
        < 15 => world.Draw.Millis(100, 2000),
        _ => world.Draw.Millis(2000, 20_000),
    };
}
