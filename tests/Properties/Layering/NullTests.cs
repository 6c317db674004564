using System.Reflection;
using Acomm.Domain;
using Acomm.Effects;
using Xunit;

namespace Acomm.Properties.Layering;

/// <summary>Nothing says by null that it failed: an <c>Option</c> or an <c>Either</c> says so.</summary>
public sealed class NullTests
{
    public static TheoryData<Type> Types => [.. new[] { typeof(AcommError), typeof(IAcomm) }.SelectMany(t => t.Assembly.GetExportedTypes())];

    [Theory]
    [MemberData(nameof(Types))]
    public void No_public_method_gives_null(Type type)
    {
        var nullability = new NullabilityInfoContext();
        var methods = type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly).Where(m => !m.IsSpecialName);
        Assert.DoesNotContain(methods, m => Inner(nullability.Create(m.ReturnParameter)) == NullabilityState.Nullable);
    }

    // Of a task its result counts; of a type parameter whoever chose it knows.
    private static NullabilityState Inner(NullabilityInfo info) =>
        typeof(Task).IsAssignableFrom(info.Type) && info.GenericTypeArguments is [var result] ? Inner(result)
        : info.Type.IsGenericParameter ? NullabilityState.Unknown
        : info.ReadState;
}
