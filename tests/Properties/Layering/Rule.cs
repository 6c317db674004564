using System.Text.RegularExpressions;

namespace Acomm.Properties.Layering;

/// <summary>
/// What one room of the house must not name. A pattern is a full name, of which a <c>*</c> at the end stands for any
/// ending; without it the type or member itself is meant, with all that is in it.
/// </summary>
internal sealed record Rule(string Room, string Reason, IReadOnlyList<string> Banned)
{
    /// <summary>Names that are used in spite of the ban, each with its reason.</summary>
    public IReadOnlyDictionary<string, string> Exceptions { get; init; } = new Dictionary<string, string>();

    /// <summary>The uses that break the rule.</summary>
    public IEnumerable<string> BrokenBy(Uses uses) => uses.Assemblies
        .Concat(uses.Names)
        .Where(name => Banned.Any(pattern => Matches(pattern, name)))
        .Where(name => !Exceptions.Keys.Any(pattern => Matches(pattern, name)))
        .Distinct();

    public override string ToString() => $"{Room}: {Reason}";

    private static bool Matches(string pattern, string name) => pattern.EndsWith('*')
        ? name.StartsWith(pattern[..^1], StringComparison.Ordinal)
        : Regex.IsMatch(name, $"^{Regex.Escape(pattern)}(`[0-9]+)?([.]|$)", RegexOptions.CultureInvariant);
}
