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

    // The simulation and the fuzz targets name one number, which properties that run beside them have to take too.
    [Theory]
    [InlineData("4242", "(4242,1)", 4242ul)]
    [InlineData("(4242,7)", "(4242,7)", 4242ul)]
    [InlineData("(17354286410069498204,8398056958555734035,46)", "(17354286410069498204,8398056958555734035,46)", 17354286410069498204ul)]
    public void Every_seed_that_a_failure_names_is_taken_by_all(string seed, string replay, ulong number) =>
        Assert.Equal((replay, number), (Draws.ReplayOf(seed), Draws.NumberOf(seed)));
}
