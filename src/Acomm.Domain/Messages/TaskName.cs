using System.Buffers;
using LanguageExt;

namespace Acomm.Domain;

/// <summary>The name of a task. A document may carry any non-empty name; a task that is served has a plain one.</summary>
public readonly record struct TaskName
{
    /// <summary>A served task's name has at most this many characters.</summary>
    public const int ServedLimitChars = 128;

    private static readonly SearchValues<char> PlainChars =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    private readonly string? value;

    private TaskName(string value) => this.value = value;

    /// <summary>The text.</summary>
    public string Value => value ?? "";

    /// <summary>Reads a name from a document; <see cref="AcommError.ValueInvalid"/> if it is empty or no well-formed Unicode.</summary>
    public static Either<AcommError, TaskName> Parse(string text) =>
        text.Length == 0 ? new AcommError.ValueInvalid("task", "is missing or empty")
        : !TextRules.IsWellFormed(text) ? new AcommError.ValueInvalid("task", "has an unpaired surrogate")
        : new TaskName(text);

    /// <summary>Reads the name of a task to be served: a letter or digit, then letters, digits, dot, underscore, hyphen, 128 in all.</summary>
    public static Either<AcommError, TaskName> ParseServed(string text) =>
        text.Length is > 0 and <= ServedLimitChars && char.IsAsciiLetterOrDigit(text[0]) && !text.AsSpan().ContainsAnyExcept(PlainChars)
            ? new TaskName(text)
            : new AcommError.ValueInvalid("task", $"'{Shown.Text(text)}' is no plain name ([A-Za-z0-9][A-Za-z0-9._-]{{0,127}})");

    /// <summary>The name as messages and logs show it.</summary>
    public override string ToString() => Shown.Text(Value);
}
