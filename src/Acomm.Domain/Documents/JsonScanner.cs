using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using LanguageExt;

namespace Acomm.Domain;

/// <summary>A value inside a document: its kind, and where its bytes stand. The default is one that is not there.</summary>
internal readonly record struct JsonPart(JsonTokenType Kind, int Start, int Length)
{
    public bool IsThere => Kind != JsonTokenType.None;

    public ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> utf8) => utf8.Slice(Start, Length);
}

/// <summary>
/// Cuts JSON into its parts without reading the values. What is refused: bytes that are no UTF-8, a byte order mark,
/// anything that is no JSON (RFC 8259), more depth than allowed, bytes behind the value, and, in an object that is read
/// here, a name that comes twice in any case.
/// </summary>
internal static class JsonScanner
{
    /// <summary>Finds the members of the one object that the bytes hold, and tells what is wrong with it, if anything.</summary>
    /// <param name="document">Names it in an error.</param>
    /// <param name="utf8">The bytes.</param>
    /// <param name="depthLimit">Objects and arrays within each other.</param>
    /// <param name="keys">The names to find, in any case; they are ASCII.</param>
    /// <param name="parts">Gets their values, in the same order.</param>
    public static Option<AcommError> Object(string document, ReadOnlySpan<byte> utf8, int depthLimit, ReadOnlySpan<string> keys, Span<JsonPart> parts) =>
        Scan(document, utf8, depthLimit, keys, parts, Members);

    /// <summary>The bytes of the one value that there is, without the white space around it.</summary>
    public static Either<AcommError, RawJson> Value(string document, ReadOnlyMemory<byte> utf8, int depthLimit)
    {
        var whole = default(JsonPart);
        var wrong = Scan(document, utf8.Span, depthLimit, [], new Span<JsonPart>(ref whole), static (ref reader, _, parts) => parts[0] = Value(ref reader));
        return wrong.Case is AcommError error ? error : new RawJson(whole.Of(utf8));
    }

    /// <summary>The text of a value that is a JSON string; nothing if it is none, or has an unpaired surrogate.</summary>
    public static Option<string> Text(ReadOnlySpan<byte> raw)
    {
        var reader = new Utf8JsonReader(raw);
        try
        {
            return reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString()! : Option<string>.None;
        }
        catch (InvalidOperationException)
        {
            return Option<string>.None;
        }
    }

    public static string KindOf(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "a boolean",
        _ => "null",
    };

    private delegate void Body(ref Utf8JsonReader reader, ReadOnlySpan<string> keys, Span<JsonPart> parts);

    // The reader reports what it refuses by exceptions only; here they become values.
    private static Option<AcommError> Scan(string document, ReadOnlySpan<byte> utf8, int depthLimit, ReadOnlySpan<string> keys, Span<JsonPart> parts, Body body)
    {
        if (!Utf8.IsValid(utf8))
            return new AcommError.DocumentMalformed(document, "is not UTF-8", ValidPrefix(utf8));
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = depthLimit });
        try
        {
            reader.Read();
            body(ref reader, keys, parts);
            var behind = utf8[(int)reader.BytesConsumed..].IndexOfAnyExcept(" \t\r\n"u8);
            return behind >= 0
                ? new AcommError.DocumentMalformed(document, "has data behind its end", reader.BytesConsumed + behind)
                : Option<AcommError>.None;
        }
        catch (JsonException e)
        {
            var reason = IsTooDeep(ref reader, utf8, depthLimit) ? $"is nested deeper than the limit of {depthLimit}" : Reason(e);
            return new AcommError.DocumentMalformed(document, reason, reader.BytesConsumed);
        }
        catch (InvalidOperationException)
        {
            return new AcommError.DocumentMalformed(document, "has a key with an unpaired surrogate", reader.TokenStartIndex);
        }
    }

    // Names that nobody looks for are kept only to see whether one of them comes twice.
    private static void Members(ref Utf8JsonReader reader, ReadOnlySpan<string> keys, Span<JsonPart> parts)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException($"is {KindOf(reader.TokenType)}, an object is needed");
        System.Collections.Generic.HashSet<string>? others = null;
        string? twice = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(reader.GetString()!) : reader.ValueSpan;
            var key = IndexOf(keys, name);
            var isNew = key >= 0
                ? !parts[key].IsThere
                : (others ??= new(StringComparer.OrdinalIgnoreCase)).Add(Encoding.UTF8.GetString(name));
            if (!isNew)
                twice ??= Encoding.UTF8.GetString(name);
            reader.Read();
            var value = Value(ref reader);
            if (key >= 0)
                parts[key] = value;
        }

        if (twice is not null)
            throw new JsonException($"has the key '{Shown.Text(twice)}' twice");
    }

    private static int IndexOf(ReadOnlySpan<string> keys, ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < keys.Length; i++)
        {
            if (Ascii.EqualsIgnoreCase(name, keys[i]))
                return i;
        }

        return -1;
    }

    // The reader stops before the bracket that is one too many; right behind an opening one it does not count that yet.
    private static bool IsTooDeep(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8, int depthLimit)
    {
        var depth = reader.CurrentDepth + (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray ? 1 : 0);
        return depth == depthLimit && reader.BytesConsumed < utf8.Length && utf8[(int)reader.BytesConsumed] is (byte)'{' or (byte)'[';
    }

    // Our own words have no position; the reader's begin with a capital and may quote the payload's bytes, so they stay out.
    private static string Reason(JsonException e) => e.BytePositionInLine is null ? e.Message : "is not JSON";

    private static JsonPart Value(ref Utf8JsonReader reader)
    {
        var (kind, start) = (reader.TokenType, (int)reader.TokenStartIndex);
        reader.Skip();
        return new JsonPart(kind, start, (int)reader.BytesConsumed - start);
    }

    private static int ValidPrefix(ReadOnlySpan<byte> utf8)
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(utf8[at..], out _, out var length) == System.Buffers.OperationStatus.Done)
            at += length;
        return at;
    }
}
