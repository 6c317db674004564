using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Acomm.Properties.Generators;

/// <summary>Text as it may stand in a document: well-formed Unicode, with everything that an encoder may trip over.</summary>
public static class MessagesText
{
    private static readonly string[] Awkward =
    [
        "\0", "\t", "\r\n", "\x7f", "\"", "\\", "/", "<", ">", "&", "'", "%", "%2F", "?", "#", "@", ":", " ", "é", "ß",
        "\u2028", "\uFEFF", "\uFFFD", "漢", "😀", "\U0010FFFF", "null", "\\ud800",
    ];

    private static readonly Gen<string> Plain = Gen.Choose(' ', '~').Select(c => ((char)c).ToString());

    /// <summary>Well-formed text, perhaps empty.</summary>
    public static Gen<string> Any { get; } = Gen.Frequency((3, Plain), (1, Gen.Elements(Awkward))).ArrayOf().Select(string.Concat);

    /// <summary>Well-formed text of at least one character.</summary>
    public static Gen<string> NonEmpty { get; } = Any.Select(text => text.Length == 0 ? "x" : text);

    /// <summary>Ids of 1 to 128 UTF-16 units, no surrogate pair cut in two.</summary>
    public static Gen<string> Id { get; } = NonEmpty.Select(text => Short(text, 128));

    /// <summary>A few lower case letters and digits.</summary>
    public static Gen<string> Word { get; } =
        Gen.Elements("abcdefghijklmnopqrstuvwxyz0123456789".ToCharArray()).NonEmptyListOf().Select(cs => new string([.. cs.Take(12)]));

    private static string Short(string text, int limit)
    {
        var kept = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (kept.Length + rune.Utf16SequenceLength > limit)
                break;
            kept.Append(rune.ToString());
        }

        return kept.ToString();
    }
}
