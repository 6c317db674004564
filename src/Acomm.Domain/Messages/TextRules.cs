using System.Buffers;
using System.Text;

namespace Acomm.Domain;

/// <summary>What all text on the wire must be.</summary>
internal static class TextRules
{
    /// <summary>Whether every surrogate has its partner, so that the text can be written as UTF-8.</summary>
    public static bool IsWellFormed(string text)
    {
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var length) != OperationStatus.Done)
                return false;
            rest = rest[length..];
        }

        return true;
    }

    /// <summary>The text with each unpaired surrogate replaced by U+FFFD.</summary>
    public static string WellFormed(string text) => string.Concat(text.EnumerateRunes());
}
