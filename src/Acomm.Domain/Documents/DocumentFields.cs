using System.Buffers.Text;
using System.Text.Json;
using LanguageExt;

namespace Acomm.Domain;

/// <summary>The members of one document or URL object that are looked for, by name; a missing member and a null are the same.</summary>
/// <param name="utf8">The document.</param>
/// <param name="keys">The names that were looked for.</param>
/// <param name="parts">Where their values stand, in the same order.</param>
/// <param name="isBorrowed">Whether the document's memory is somebody else's, so that what is kept of it is copied.</param>
internal readonly ref struct DocumentFields(ReadOnlyMemory<byte> utf8, ReadOnlySpan<string> keys, ReadOnlySpan<JsonPart> parts, bool isBorrowed = false)
{
    private static readonly long LimitMilliseconds = (long)Limits.RequestTimeoutCeiling.TotalMilliseconds;

    private readonly bool isBorrowed = isBorrowed;
    private readonly ReadOnlyMemory<byte> utf8 = utf8;
    private readonly ReadOnlySpan<string> keys = keys;
    private readonly ReadOnlySpan<JsonPart> parts = parts;

    public bool Has(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Find(name).IsThere)
                return true;
        }

        return false;
    }

    /// <summary>Any JSON; null if it is missing.</summary>
    public RawJson Raw(string name)
    {
        var json = Find(name).Of(utf8);
        return new RawJson(isBorrowed ? json.ToArray() : json);
    }

    /// <summary>Text; empty if it is missing.</summary>
    public Either<AcommError.ValueInvalid, string> Text(string name)
    {
        var part = Find(name);
        return IsNothing(part) ? ""
            : part.Kind != JsonTokenType.String ? Wrong(name, part, "a string")
            : JsonScanner.Text(part.Of(utf8).Span).Case is string text ? text
            : new AcommError.ValueInvalid(name, "has an unpaired surrogate");
    }

    /// <summary>Text of which nothing depends; empty if it is missing or no text.</summary>
    public string TextOrEmpty(string name)
    {
        var text = Text(name);
        return text.IsRight ? (string)text : "";
    }

    /// <summary>A number of milliseconds of which nothing depends; none if it is missing, no whole number above 0, or longer than any request may wait.</summary>
    public Option<TimeSpan> Milliseconds(string name)
    {
        var part = Find(name);
        return part.Kind == JsonTokenType.Number
            && Utf8Parser.TryParse(part.Of(utf8).Span, out long milliseconds, out var read)
            && read == part.Length
            && milliseconds > 0
            && milliseconds <= LimitMilliseconds
            ? TimeSpan.FromMilliseconds(milliseconds)
            : Option<TimeSpan>.None;
    }

    /// <summary>What text says, read by a rule; empty text if it is missing.</summary>
    public Either<AcommError.ValueInvalid, T> Text<T>(string name, Func<string, Either<AcommError, T>> read)
    {
        var text = Text(name);
        return text.Case is AcommError.ValueInvalid wrong ? wrong : Problems.Named(name, read((string)text));
    }

    /// <inheritdoc cref="Text{T}(string, Func{string, Either{AcommError, T}})"/>
    public Either<AcommError.ValueInvalid, T> Text<T>(string name, int limitChars, Func<string, int, Either<AcommError, T>> read)
    {
        var text = Text(name);
        return text.Case is AcommError.ValueInvalid wrong ? wrong : Problems.Named(name, read((string)text, limitChars));
    }

    /// <summary>A truth value; false if it is missing.</summary>
    public Either<AcommError.ValueInvalid, bool> Flag(string name)
    {
        var part = Find(name);
        return IsNothing(part) ? false
            : part.Kind is JsonTokenType.True or JsonTokenType.False ? part.Kind == JsonTokenType.True
            : Wrong(name, part, "a boolean");
    }

    /// <summary>Whether an object is there, whatever it holds.</summary>
    public Either<AcommError.ValueInvalid, bool> IsObject(string name)
    {
        var part = Find(name);
        return IsNothing(part) ? false
            : part.Kind == JsonTokenType.StartObject ? true
            : Wrong(name, part, "an object");
    }

    /// <summary>An address as an object of parts or as text, under one of two names; none if it is missing under both.</summary>
    public Either<AcommError.ValueInvalid, Option<Address>> Address(string name, string otherName)
    {
        var (first, second) = (Address(name), Address(otherName));
        if (first.IsLeft || second.IsLeft)
            return first.IsLeft ? first : second;
        var (one, other) = ((Option<Address>)first, (Option<Address>)second);
        return one.IsNone || other.IsNone || one == other
            ? one.IsSome ? one : other
            : new AcommError.ValueInvalid(name, $"and {otherName} differ");
    }

    /// <summary>An address as an object of parts or as text; none if it is missing.</summary>
    /// <param name="name">Names it.</param>
    /// <param name="memo">Knows addresses that were read before, if there are any to be known.</param>
    public Either<AcommError.ValueInvalid, Option<Address>> Address(string name, AddressMemo? memo = null)
    {
        var part = Find(name);
        if (IsNothing(part))
            return Option<Address>.None;
        var read = memo is null ? AddressJson.Read(part.Kind, part.Of(utf8)) : memo.Read(part.Kind, part.Of(utf8));
        return read.Case is AcommError wrong ? new AcommError.ValueInvalid(name, wrong.Message) : Option<Address>.Some((Address)read);
    }

    private static AcommError.ValueInvalid Wrong(string name, JsonPart part, string needed) =>
        new(name, $"is {JsonScanner.KindOf(part.Kind)}, {needed} is needed");

    private static bool IsNothing(JsonPart part) => part.Kind is JsonTokenType.None or JsonTokenType.Null;

    private JsonPart Find(string name) => parts[keys.IndexOf(name)];
}
