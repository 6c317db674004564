using Acomm.Properties.Generators;
using FsCheck.Xunit;

namespace Acomm.Properties;

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
