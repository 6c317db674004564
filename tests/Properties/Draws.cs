using System.Globalization;

namespace Acomm.Properties;

/// <summary>
/// Where the draws come from. ACOMM_SEED replays a failure: it holds the pair that a failed property prints, for example
/// <c>(4242,7)</c>, or the triple of its last step; where one number is enough, it is the first of these, or stands alone.
/// ACOMM_CASES sets how many cases are tried.
/// </summary>
internal static class Draws
{
    private const int DefaultCases = 100;

    private static readonly string Asked = Environment.GetEnvironmentVariable("ACOMM_SEED") ?? "";

    /// <summary>What a property replays.</summary>
    public static string? Seed => Asked.Length > 0 ? ReplayOf(Asked) : null;

    /// <summary>The seed of what takes one number.</summary>
    public static ulong? Number => NumberOf(Asked);

    /// <summary>A seed as FsCheck reads it: it throws at a number alone, outside of any test.</summary>
    public static string ReplayOf(string seed) => seed.All(char.IsAsciiDigit) ? $"({seed},1)" : seed;

    public static ulong? NumberOf(string seed)
    {
        var digits = string.Concat(seed.SkipWhile(c => !char.IsAsciiDigit(c)).TakeWhile(char.IsAsciiDigit));
        return ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    public static int Cases(int otherwise = DefaultCases) =>
        int.TryParse(Environment.GetEnvironmentVariable("ACOMM_CASES"), out var cases) && cases > 0 ? cases : otherwise;
}
