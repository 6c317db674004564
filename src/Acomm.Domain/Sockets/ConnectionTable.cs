using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Domain;

/// <summary>
/// The places of a listener's connections. Rules: no more than the limits; a connection of which a whole frame was read
/// is never cut; where there is no place, the oldest one that has sent no whole frame goes, but not before it had its
/// grace; so who is honest and quick never waits longer than that for those who are silent or slow.
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

    /// <summary>Connections without a whole frame.</summary>
    public int UnframedCount => Unframed.Count;

    /// <summary>All connections.</summary>
    public int Count => Unframed.Count + WithFrame.Count;

    /// <summary>No connections yet.</summary>
    public static ConnectionTable Empty(Limits limits) => new(limits);

    /// <summary>Asks for a place. The number is higher than that of every earlier connection.</summary>
    public ConnectionAdmission Admit(long number, Instant now)
    {
        if (Count < limit && UnframedCount < limitUnframed)
            return new ConnectionAdmission.Admitted(With(number, now), None);
        if (Unframed.IsEmpty)
            return new ConnectionAdmission.Wait(None);
        var (oldest, since) = Unframed.First();
        return since + grace <= now
            ? new ConnectionAdmission.Admitted((this with { Unframed = Unframed.Remove(oldest) }).With(number, now), oldest)
            : new ConnectionAdmission.Wait(since + grace);
    }

    /// <summary>A whole frame was read. One that was cut in the meantime stays cut.</summary>
    public ConnectionTable Framed(long number) => Unframed.ContainsKey(number)
        ? this with { Unframed = Unframed.Remove(number), WithFrame = WithFrame.Add(number) }
        : this;

    /// <summary>A connection ended.</summary>
    public ConnectionTable Closed(long number) => this with { Unframed = Unframed.Remove(number), WithFrame = WithFrame.Remove(number) };

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
