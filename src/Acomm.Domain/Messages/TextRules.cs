using System.Buffers;
using System.Text;

namespace Acomm.Domain;

/// <summary>What all text on the wire must be.</summary>
internal static class TextRules
{
    /// <summary>Whether every surrogate has its partner, so that the text can be written as UTF-8.</summary>
    public static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        for (var at = FirstSurrogate(text); at >= 0; at = FirstSurrogate(text))
        {
            if (Rune.DecodeFromUtf16(text[at..], out _, out var length) != OperationStatus.Done)
                return false;
            text = text[(at + length)..];
        }

        return true;
    }

    /// <summary>The text with each unpaired surrogate replaced by U+FFFD.</summary>
    public static string WellFormed(string text) => string.Concat(text.EnumerateRunes());

    private static int FirstSurrogate(ReadOnlySpan<char> text) => text.IndexOfAnyInRange('\ud800', '\udfff');
}
