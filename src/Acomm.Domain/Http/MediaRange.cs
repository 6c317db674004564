namespace Acomm.Domain;

/// <summary>A part of an Accept header: a media type that a client takes, or a range, with <c>*</c> in the place of one or both parts.</summary>
/// <param name="Type">The part before the slash.</param>
/// <param name="Subtype">The part behind it.</param>
/// <param name="Quality">How much it likes that, from 0, not at all, to 1.</param>
public readonly record struct MediaRange(string Type, string Subtype, double Quality)
{
    /// <summary>
    /// Whether a client likes one media type better than the one that it gets otherwise. For each the narrowest range that it is in
    /// counts. Who says nothing likes both.
    /// </summary>
    public static bool Prefers(IReadOnlyCollection<MediaRange> accepted, (string Type, string Subtype) one, (string Type, string Subtype) otherwise) =>
        accepted.Count > 0 && QualityOf(accepted, one) > QualityOf(accepted, otherwise);

    private static double QualityOf(IEnumerable<MediaRange> accepted, (string Type, string Subtype) media) => accepted
        .Where(range => range.Has(media))
        .OrderByDescending(range => range.Narrowness)
        .ThenByDescending(range => range.Quality)
        .Select(range => range.Quality)
        .FirstOrDefault();

    private int Narrowness => Type == "*" ? 0 : Subtype == "*" ? 1 : 2;

    private bool Has((string Type, string Subtype) media) =>
        Type == "*" || (Is(Type, media.Type) && (Subtype == "*" || Is(Subtype, media.Subtype)));

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
