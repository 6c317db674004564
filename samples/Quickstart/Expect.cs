using Acomm.Domain;
using LanguageExt;

namespace Acomm.Samples.Quickstart;

/// <summary>Something of the quickstart was not as it should be; the message says what.</summary>
internal sealed class NotAsExpectedException(string message) : Exception(message);

/// <summary>What a step of the quickstart relies on.</summary>
internal static class Expect
{
    public static T Success<T>(Either<AcommError, T> outcome, string of) =>
        outcome.IfLeft(error => throw new NotAsExpectedException($"{of} failed: {error}"));

    public static TError Error<TError>(object outcome, string of)
        where TError : AcommError =>
        outcome as TError ?? throw new NotAsExpectedException($"{of} was to end in {typeof(TError).Name}, it ended in {outcome}");

    public static void Same<T>(T wanted, T got, string what) =>
        That(Equals(wanted, got), $"{what} is {got}, it should be {wanted}");

    public static void That(bool holds, string otherwise)
    {
        if (!holds)
            throw new NotAsExpectedException(otherwise);
    }
}
