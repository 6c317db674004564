using Acomm.Properties.Generators;
using FsCheck.Xunit;

namespace Acomm.Properties;

/// <summary>
/// A property over generated messages. ACOMM_CASES sets how many cases are tried (100 by default), ACOMM_SEED replays a
/// failure: it holds the pair that a failed property prints, for example <c>(4242,7)</c>, or the triple of its last step.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property)]
public sealed class PropAttribute : PropertyAttribute
{
    private const int DefaultCases = 100;

    public PropAttribute()
    {
        MaxTest = int.TryParse(Environment.GetEnvironmentVariable("ACOMM_CASES"), out var cases) && cases > 0 ? cases : DefaultCases;
        if (Environment.GetEnvironmentVariable("ACOMM_SEED") is { Length: > 0 } seed)
            Replay = seed;
        Arbitrary = [typeof(Messages)];
        QuietOnSuccess = true;
    }
}
