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

    /// <summary>A duration in at most two units, cut off and never rounded up: <c>250 ms</c>, <c>1.2 s</c>, <c>4 min 5 s</c>, <c>2 h 3 min</c>, <c>5 d 4 h</c>.</summary>
    public static string Time(TimeSpan time) =>
        time < TimeSpan.FromSeconds(1) ? $"{(long)time.TotalMilliseconds} ms"
        : time < TimeSpan.FromMinutes(1) ? string.Create(CultureInfo.InvariantCulture, $"{time.Ticks / (TimeSpan.TicksPerSecond / 10) / 10m:0.#} s")
        : time < TimeSpan.FromHours(1) ? Units(time.Minutes, "min", time.Seconds, "s")
        : time < TimeSpan.FromDays(1) ? Units(time.Hours, "h", time.Minutes, "min")
        : Units(time.Days, "d", time.Hours, "h");

    private static string Units(int large, string unit, int small, string smaller) =>
        small == 0 ? $"{large} {unit}" : $"{large} {unit} {small} {smaller}";

    private static bool IsPlain(Rune rune) => Rune.GetUnicodeCategory(rune) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
