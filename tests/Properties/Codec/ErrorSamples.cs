using System.Reflection;
using Acomm.Domain;
using LanguageExt;

namespace Acomm.Properties.Codec;

/// <summary>One error of every case, made by its constructor, so that no case can be forgotten.</summary>
internal static class ErrorSamples
{
    public static IReadOnlyList<Type> Cases { get; } = [.. typeof(AcommError).GetNestedTypes().Where(t => t.IsSubclassOf(typeof(AcommError)))];

    /// <summary>The error of a case whose every text is <paramref name="text"/>, ids, tasks and addresses included.</summary>
    public static AcommError Make(Type type, string text, Delivery state = Delivery.Indeterminate) =>
        (AcommError)Constructor(type).Invoke([.. Constructor(type).GetParameters().Select(p => Value(p.ParameterType, text, state))]);

    /// <summary>The parameters of a case and what they hold in an error.</summary>
    public static IEnumerable<(string Name, object? Value)> Parts(AcommError error) =>
        Constructor(error.GetType()).GetParameters().Select(p => (p.Name!, error.GetType().GetProperty(p.Name!)!.GetValue(error)));

    // A record has a copying constructor as well, which is not public.
    private static ConstructorInfo Constructor(Type type) => type.GetConstructors().Single();

    private static object Value(Type type, string text, Delivery state) =>
        type == typeof(string) ? text
        : type == typeof(int) ? 4711
        : type == typeof(long) ? 815L
        : type == typeof(TimeSpan) ? TimeSpan.FromMilliseconds(2500)
        : type == typeof(Delivery) ? state
        : type == typeof(RequestId) ? RequestId.Parse(text).Right()
        : type == typeof(TaskName) ? TaskName.Parse(text).Right()
        : type == typeof(Address) ? Address.Parse("http://h/p?token=secret#secret").Right()
        : type == typeof(PeerIdentity) ? new PeerIdentity.UnixProcess(1001, 1002, 1003)
        : type == typeof(Option<string>) ? Option<string>.Some(text)
        : type == typeof(Seq<AcommError.ValueInvalid>) ? Prelude.Seq(Problem("first"), Problem("second"))
        : throw new NotSupportedException($"no sample of {type}");

    private static AcommError.ValueInvalid Problem(string thing) => new(thing, "is bad");
}
