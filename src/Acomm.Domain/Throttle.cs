namespace Acomm.Domain;

/// <summary>
/// Keeps who is sent rubbish from writing as much to his log: so many events of one kind are told in a second, and of the
/// others how many there were, with the first one of a later second.
/// </summary>
/// <param name="Since">When the second began.</param>
/// <param name="Told">Events told in it.</param>
/// <param name="Untold">Events that were not.</param>
public readonly record struct Throttle(Instant Since, int Told, long Untold)
{
    /// <summary>So many are told in a second: 20.</summary>
    public const int LimitPerSecond = 20;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>An event happened: what is to be remembered, whether it is told, and how many before it were not.</summary>
    public (Throttle Next, bool IsTold, long Untold) Happened(Instant now) =>
        now - Since >= Second ? (new Throttle(now, 1, 0), true, Untold)
        : Told < LimitPerSecond ? (this with { Told = Told + 1 }, true, 0)
        : (this with { Untold = Untold + 1 }, false, 0);
}
