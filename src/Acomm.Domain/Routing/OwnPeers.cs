namespace Acomm.Domain;

/// <summary>
/// The HTTP peers that have shown to be ours, by address without query: those that this node, or a user of its host, has
/// named. So many are remembered; when one more comes, the others are forgotten and have to show it again.
/// </summary>
public sealed record OwnPeers
{
    /// <summary>How many are remembered.</summary>
    public const int Most = 1024;

    /// <summary>Addresses of more characters are not.</summary>
    public const int LongestAddress = 1024;

    private LanguageExt.HashSet<Address> Known { get; init; }

    /// <summary>None is known.</summary>
    public static OwnPeers None { get; } = new();

    /// <summary>Whether a peer is known.</summary>
    public bool Contains(Address peer) => Known.Contains(peer.WithoutQuery);

    /// <summary>After a peer has acknowledged something, and said or not that it is one of ours.</summary>
    /// <param name="peer">The address that it was sent to.</param>
    /// <param name="reach">On whose word: what somebody outside named is not remembered.</param>
    /// <param name="isOwn">What it said.</param>
    public OwnPeers Heard(Address peer, Reach reach, bool isOwn)
    {
        if (reach is not Reach.Trusted)
            return this;
        var address = peer.WithoutQuery;
        if (Known.Contains(address) == isOwn)
            return this;
        if (!isOwn)
            return this with { Known = Known.Remove(address) };
        if (address.ToString().Length > LongestAddress)
            return this;
        return this with { Known = (Known.Count < Most ? Known : default).Add(address) };
    }
}
