using System.Globalization;
using System.Text;

namespace Acomm.Domain;

/// <summary>Text of a peer's made fit for a message or a log line: short, and without control characters.</summary>
public static class Shown
{
    /// <summary>No more characters than this are shown.</summary>
    public const int LimitChars = 256;

    /// <summary>At most <see cref="LimitChars"/> characters of <paramref name="text"/>, control characters and unpaired surrogates replaced.</summary>
    public static string Text(string text)
    {
        var shown = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (shown.Length + rune.Utf16SequenceLength > LimitChars)
                return shown.Append('…').ToString();
            shown.Append(IsPlain(rune) ? rune.ToString() : "\uFFFD");
        }

        return shown.ToString();
    }

    /// <summary>The text of what should be an address, without what may hold a secret: user info, query and fragment.</summary>
    public static string AddressText(string text)
    {
        var shown = text.AsSpan(0, text.AsSpan().IndexOfAny('?', '#') is >= 0 and var end ? end : text.Length);
        var user = shown.LastIndexOf('@');
        var scheme = shown.IndexOf(':');
        return Text(user < 0 ? shown.ToString() : $"{(scheme < user ? shown[..(scheme + 1)] : "")}…{shown[user..]}");
    }

    private static bool IsPlain(Rune rune) => Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
