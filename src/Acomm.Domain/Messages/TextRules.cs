namespace Acomm.Domain;

/// <summary>What all text on the wire must be.</summary>
internal static class TextRules
{
    /// <summary>Whether every surrogate has its partner, so that the text can be written as UTF-8.</summary>
    public static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]))
                return false;
            i++;
        }

        return true;
    }

    /// <summary>The text with each unpaired surrogate replaced by U+FFFD.</summary>
    public static string WellFormed(string text) =>
        IsWellFormed(text) ? text : string.Concat(text.EnumerateRunes());
}
