using Acomm.Properties.Generators;
using FsCheck.Xunit;

namespace Acomm.Properties;

/// <summary>
/// Where the draws come from. ACOMM_SEED replays a failure: it holds the pair that a failed property prints, for example
/// <c>(4242,7)</c>, or the triple of its last step. ACOMM_CASES sets how many cases are tried.
/// </summary>
internal static class Draws
{
    private const int DefaultCases = 100;

    public static string? Seed => Environment.GetEnvironmentVariable("ACOMM_SEED") is { Length: > 0 } seed ? seed : null;

    public static int Cases(int otherwise = DefaultCases) =>
        int.TryParse(Environment.GetEnvironmentVariable("ACOMM_CASES"), out var cases) && cases > 0 ? cases : otherwise;
}

/// <summary>A property over generated messages.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property)]
public sealed class PropAttribute : PropertyAttribute
{
    public PropAttribute()
    {
        MaxTest = Draws.Cases();
        Replay = Draws.Seed;
        Arbitrary = [typeof(Messages)];
        QuietOnSuccess = true;
    }
}

/// <summary>The properties of a class, over values from a class of generators.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PropsAttribute : PropertiesAttribute
{
    public PropsAttribute(Type generators, int cases)
    {
        MaxTest = Draws.Cases(cases);
        Replay = Draws.Seed;
        Arbitrary = [generators];
    }
}
