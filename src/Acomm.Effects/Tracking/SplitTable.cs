using System.Diagnostics.CodeAnalysis;

namespace Acomm.Effects;

/// <summary>
/// A dictionary in parts. One of a million entries would copy them all when it grows, and whoever waits for the lock
/// that it is used under would wait for that; a part is copied in well under a millisecond.
/// </summary>
internal sealed class SplitTable<TKey, TValue>
    where TKey : struct
{
    private const int Parts = 64;

    private readonly Dictionary<TKey, TValue>[] parts = new Dictionary<TKey, TValue>[Parts];

    public SplitTable()
    {
        for (var i = 0; i < Parts; i++)
            parts[i] = [];
    }

    public int Count { get; private set; }

    public IEnumerable<TValue> Values => parts.SelectMany(part => part.Values);

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value) => PartOf(key).TryGetValue(key, out value);

    public void Add(TKey key, TValue value)
    {
        PartOf(key).Add(key, value);
        Count++;
    }

    public bool Remove(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        if (!PartOf(key).Remove(key, out value))
            return false;
        Count--;
        return true;
    }

    // By the upper bits of the hash, stirred: a dictionary goes by the whole of it.
    private Dictionary<TKey, TValue> PartOf(TKey key) => parts[((uint)key.GetHashCode() * 2_654_435_769) >> 26];
}
