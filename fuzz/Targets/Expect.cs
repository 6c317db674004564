using Acomm.Domain;
using LanguageExt;

namespace Acomm.Fuzzing;

/// <summary>Something that must hold for every input does not; the message says what.</summary>
public sealed class FindingException(string message) : Exception(message);

/// <summary>What the targets check.</summary>
internal static class Expect
{
    // The longest is a list of problems, one for each part of a document, each with text of Shown.LimitChars.
    private const int ErrorChars = 8 << 10;

    public static void That(bool holds, string otherwise)
    {
        if (!holds)
            throw new FindingException(otherwise);
    }

    public static void Same<T>(T wanted, T got, string what)
    {
        if (!EqualityComparer<T>.Default.Equals(wanted, got))
            throw new FindingException($"{what}: {got} in place of {wanted}");
    }

    /// <summary>A result is a value, or an error that can be told.</summary>
    public static Either<AcommError, T> Told<T>(Either<AcommError, T> result)
    {
        That(!result.IsBottom, "neither a value nor an error");
        result.IfLeft(Told);
        return result;
    }

    /// <summary>An error is fit for a log, and for the acknowledgement that refuses what it is about.</summary>
    public static void Told(AcommError error)
    {
        var text = error.ToString();
        That(text.Length is > 0 and <= ErrorChars, "an error without text, or with too much");
        That(!text.Any(char.IsControl), "an error with a control character");
        var refusal = Acknowledgement.Refuse(error);
        Same(refusal, Value(Document.ReadAcknowledgement(Document.Write(refusal), Limits.Default), "a refusal"), "a refusal that was written");
    }

    /// <summary>The value that must have come out.</summary>
    public static T Value<T>(Either<AcommError, T> result, string of) =>
        result.IfLeft(error => throw new FindingException($"{of} cannot be read: {error}"));
}
