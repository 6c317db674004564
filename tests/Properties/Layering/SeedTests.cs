using System.Reflection;
using FsCheck.Xunit;
using Xunit;

namespace Acomm.Properties.Layering;

/// <summary>Every property can be replayed: none draws from anywhere but where the environment says.</summary>
public class SeedTests
{
    private static readonly IEnumerable<MethodInfo> Properties =
        typeof(SeedTests).Assembly.GetTypes().SelectMany(t => t.GetMethods()).Where(m => m.GetCustomAttribute<PropertyAttribute>() is not null);

    [Fact]
    public void Every_property_takes_its_seed_and_number_of_cases_from_the_environment() => Assert.All(
        Properties,
        method => Assert.True(
            method.GetCustomAttribute<PropertyAttribute>() is PropAttribute || method.ReflectedType!.GetCustomAttribute<PropsAttribute>() is not null,
            $"{method.ReflectedType}.{method.Name} has neither [Prop] nor a class with [Props]"));

    // A number in the attribute of a method would win over the environment's.
    [Fact]
    public void No_property_of_a_class_has_settings_of_its_own() => Assert.All(
        Properties.Where(m => m.GetCustomAttribute<PropertyAttribute>() is not PropAttribute),
        method => Assert.Empty(method.GetCustomAttributesData().Single(a => a.AttributeType == typeof(PropertyAttribute)).NamedArguments));
}
