namespace Acomm.Properties.Generators;

/// <summary>Steps from a value that fails to one that is easier to read.</summary>
internal static class Shrinking
{
    /// <summary>Without big pieces first, then without one element at a time.</summary>
    public static IEnumerable<IReadOnlyList<T>> Shorter<T>(IReadOnlyList<T> all)
    {
        for (var piece = all.Count; piece > 0; piece /= 2)
        {
            for (var at = 0; at < all.Count; at += piece)
                yield return [.. all.Take(at), .. all.Skip(at + piece)];
        }
    }

    /// <summary>With one element in place of another.</summary>
    public static IReadOnlyList<T> Replaced<T>(IReadOnlyList<T> all, int index, T one) => [.. all.Take(index), one, .. all.Skip(index + 1)];
}
