using Acomm.Domain;
using LanguageExt;
using Xunit.Sdk;

namespace Acomm.Properties;

/// <summary>Takes a result apart, and fails the test if it is not of the expected kind.</summary>
internal static class Results
{
    public static T Right<T>(this Either<AcommError, T> result) =>
        result.Match(Right: value => value, Left: error => throw new XunitException($"a value was expected, not {error}"));

    public static AcommError Left<T>(this Either<AcommError, T> result) =>
        result.Match(Right: value => throw new XunitException($"an error was expected, not {value}"), Left: error => error);

    /// <summary>The error, which must be of this case.</summary>
    public static TError Left<TError, T>(this Either<AcommError, T> result)
        where TError : AcommError =>
        result.Left() as TError ?? throw new XunitException($"{typeof(TError).Name} was expected, not {result.Left()}");
}
