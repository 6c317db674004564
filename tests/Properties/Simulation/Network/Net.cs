using Acomm.Domain;
using LanguageExt;

namespace Acomm.Properties.Simulation;

/// <summary>
/// The network between the nodes. It connects, or does not, for the reasons a real one has; what happens on a connection
/// is that connection's. Two hosts that lost sight of each other do not connect, and hear nothing of each other.
/// </summary>
internal sealed class Net(World world)
{
    private readonly System.Collections.Generic.HashSet<(int, int)> parted = [];
    private readonly Dictionary<string, Site> byPath = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Site> byHost = new(StringComparer.Ordinal);

    public void Add(Site site)
    {
        byPath.Add(site.Path, site);
        byHost.Add(site.PublicUrl.Host, site);
    }

    /// <summary>Opens a connection for a parcel; what came of it is told once, unless the sender's scope ends before.</summary>
    public void Send(Parcel parcel, Scope sender, Action<Either<AcommError, Unit>> done)
    {
        var latency = world.Strikes(Fault.Delay) ? world.Draw.Millis(500, 6000)
            : world.Strikes(Fault.Reorder) ? world.Draw.Millis(5, 60)
            : world.Draw.Millis(0, 2);
        world.After(latency, sender, () => Connect(parcel, sender, done));
        if (!parcel.IsRepeat && world.Strikes(Fault.Repeat))
            world.After(world.Draw.Millis(1, 3000), world.Whole, () => Send(parcel with { IsRepeat = true }, world.Whole, _ => { }));
    }

    public bool AreParted(Host a, Host b) => parted.Contains((a.Number, b.Number));

    public void Part(Host a, Host b)
    {
        parted.Add((a.Number, b.Number));
        parted.Add((b.Number, a.Number));
    }

    public void Join(Host a, Host b)
    {
        parted.Remove((a.Number, b.Number));
        parted.Remove((b.Number, a.Number));
    }

    public void JoinAll() => parted.Clear();

    private void Connect(Parcel parcel, Scope sender, Action<Either<AcommError, Unit>> done)
    {
        var to = parcel.To;
        var site = (to.IsUnix ? byPath : byHost).GetValueOrDefault(to.IsUnix ? to.Path : to.Host);
        if (site is not null && AreParted(parcel.From, site.Host))
            world.After(world.Plan.Limits.Connect, sender, () => Fail(parcel, new AcommError.PeerUnreachable(to, "no connection in time"), done));
        else if (site is not { Listens: true } || (to.IsUnix && site.Host != parcel.From))
            Fail(parcel, new AcommError.PeerUnreachable(to, "nobody listens"), done);
        else if (world.Strikes(Fault.Refuse))
            Fail(parcel, new AcommError.PeerUnreachable(to, "refused"), done);
        else if (to.IsUnix && world.Strikes(Fault.Overload))
            Fail(parcel, new AcommError.PeerOverloaded(to), done);
        else
            new Connection(world, parcel, site, sender, done).Open();
    }

    private void Fail(Parcel parcel, AcommError error, Action<Either<AcommError, Unit>> done)
    {
        world.Note("net", error.Name, parcel.Message.IdOf());
        done(error);
    }
}
