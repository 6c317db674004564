using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;

namespace Acomm.Fuzzing;

/// <summary>The inputs to begin with, and the words to put into them: the files beside this project.</summary>
public static partial class Corpus
{
    private static readonly Assembly Assembly = typeof(Corpus).Assembly;

    /// <summary>The inputs of a target, ordered by their names.</summary>
    public static IReadOnlyList<byte[]> Of(FuzzTarget target) =>
        [.. Assembly.GetManifestResourceNames().Where(name => name.StartsWith($"corpus/{target.Name}/", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(Read)];

    /// <summary>The words of the dictionary.</summary>
    public static IReadOnlyList<byte[]> Words { get; } =
        [.. Encoding.UTF8.GetString(Read("acomm.dict")).Split('\n').Where(line => line.StartsWith('"')).Select(line => Unescaped(line.Trim()[1..^1]))];

    private static byte[] Read(string name)
    {
        using var stream = Assembly.GetManifestResourceStream(name)!;
        using var all = new MemoryStream();
        stream.CopyTo(all);
        return all.ToArray();
    }

    // AFL's escapes: \xNN, \" and \\.
    private static byte[] Unescaped(string word) => Encoding.Latin1.GetBytes(Escape().Replace(word, match => match.Value[1] == 'x'
        ? ((char)byte.Parse(match.Value.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)).ToString()
        : match.Value[1..]));

    [GeneratedRegex(@"\\(x[0-9A-Fa-f]{2}|.)")]
    private static partial Regex Escape();
}
