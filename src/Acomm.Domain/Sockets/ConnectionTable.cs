using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Domain;

/// <summary>
/// The places of a listener's connections. Rules: no more than the limits; a connection whose only document is being dealt
/// with is never cut; where there is no place, the oldest one that has sent no whole frame goes, but not before it had its
/// grace; else the one that has been kept longest, since its peer can make another; so who is honest and quick never
/// waits longer than that grace for those who are silent or slow.
/// </summary>
public sealed record ConnectionTable
{
    private readonly int limit;
    private readonly int limitUnframed;
    private readonly TimeSpan grace;

    private ConnectionTable(Limits limits) =>
        (limit, limitUnframed, grace) = (limits.Connections, limits.ConnectionsUnframed, limits.UnframedGrace);

    // By a number that grows, so the first is the oldest.
    private Map<long, Instant> Unframed { get; init; }

    private Set<long> WithFrame { get; init; }

    private Set<long> KeptOpen { get; init; }

    /// <summary>Connections without a whole frame.</summary>
    public int UnframedCount => Unframed.Count;

    /// <summary>All connections.</summary>
    public int Count => Unframed.Count + WithFrame.Count + KeptOpen.Count;

    /// <summary>No connections yet.</summary>
    public static ConnectionTable Empty(Limits limits) => new(limits);

    /// <summary>Asks for a place. The number is higher than that of every earlier connection.</summary>
    public ConnectionAdmission Admit(long number, Instant now)
    {
        if (Count < limit && UnframedCount < limitUnframed)
            return new ConnectionAdmission.Admitted(With(number, now), None);
        var silent = Unframed.HeadOrNone();
        var goes = silent.Filter(first => first.Value + grace <= now).Map(first => first.Key)
            | (UnframedCount < limitUnframed ? KeptOpen.HeadOrNone() : None);
        return goes.Match<ConnectionAdmission>(
            Some: cut => new ConnectionAdmission.Admitted(Closed(cut).With(number, now), cut),
            None: () => new ConnectionAdmission.Wait(silent.Map(first => first.Value + grace)));
    }

    /// <summary>A whole frame was read. One that was cut in the meantime stays cut.</summary>
    public ConnectionTable Framed(long number) => Unframed.ContainsKey(number)
        ? this with { Unframed = Unframed.Remove(number), WithFrame = WithFrame.Add(number) }
        : this;

    /// <summary>After its first document it is kept for more. One that was not framed is not.</summary>
    public ConnectionTable Kept(long number) => WithFrame.Contains(number)
        ? this with { WithFrame = WithFrame.Remove(number), KeptOpen = KeptOpen.Add(number) }
        : this;

    /// <summary>A connection ended.</summary>
    public ConnectionTable Closed(long number) => this with
    {
        Unframed = Unframed.Remove(number),
        WithFrame = WithFrame.Remove(number),
        KeptOpen = KeptOpen.Remove(number),
    };

    private ConnectionTable With(long number, Instant now) => this with { Unframed = Unframed.Add(number, now) };
}

/// <summary>What became of a connection that asked for a place.</summary>
public abstract record ConnectionAdmission
{
    private ConnectionAdmission() { }

    /// <summary>It has one; <paramref name="Cut"/> is the connection that had to go for it.</summary>
    public sealed record Admitted(ConnectionTable Table, Option<long> Cut) : ConnectionAdmission;

    /// <summary>It asks again when a connection was framed or closed, or at this time.</summary>
    public sealed record Wait(Option<Instant> Until) : ConnectionAdmission;
}
