using LanguageExt;

namespace Acomm.Domain;

/// <summary>
/// The id by which a response finds its request: any non-empty text up to the limit (128 characters by default, counted
/// as UTF-16 units), compared ordinally.
/// </summary>
public readonly record struct RequestId
{
    private readonly string? value;

    private RequestId(string value) => this.value = value;

    /// <summary>The text.</summary>
    public string Value => value ?? "";

    /// <summary>Reads an id; <see cref="AcommError.ValueInvalid"/> if it is empty, too long, or no well-formed Unicode.</summary>
    public static Either<AcommError, RequestId> Parse(string text, int limitChars = Limits.DefaultIdChars) =>
        text.Length == 0 ? new AcommError.ValueInvalid("id", "is missing or empty")
        : text.Length > limitChars ? new AcommError.ValueInvalid("id", $"has {text.Length} characters, the limit is {limitChars}")
        : !TextRules.IsWellFormed(text) ? new AcommError.ValueInvalid("id", "has an unpaired surrogate")
        : new RequestId(text);

    /// <summary>The id as messages and logs show it.</summary>
    public override string ToString() => Shown.Text(Value);
}
