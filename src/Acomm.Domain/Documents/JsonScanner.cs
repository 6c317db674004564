using System.Text.Json;
using System.Text.Unicode;
using LanguageExt;

namespace Acomm.Domain;

/// <summary>A member of a JSON object: its name, the kind of its value, and the value's bytes.</summary>
internal readonly record struct JsonMember(string Name, JsonTokenType Kind, ReadOnlyMemory<byte> Raw);

/// <summary>
/// Cuts JSON into its parts without reading the values. What is refused: bytes that are no UTF-8, a byte order mark,
/// anything that is no JSON (RFC 8259), more depth than allowed, bytes behind the value, and, in an object that is read
/// here, a name that comes twice in any case.
/// </summary>
internal static class JsonScanner
{
    /// <summary>The members of the one object that the bytes hold.</summary>
    public static Either<AcommError, Seq<JsonMember>> Object(string document, ReadOnlyMemory<byte> utf8, int depthLimit) =>
        Scan(document, utf8, depthLimit, static (ref Utf8JsonReader reader, ReadOnlyMemory<byte> all) =>
        {
            if (reader.TokenType != JsonTokenType.StartObject)
                throw new JsonException($"is {KindOf(reader.TokenType)}, an object is needed");
            var members = new List<JsonMember>(8);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString()!;
                reader.Read();
                var kind = reader.TokenType;
                members.Add(new JsonMember(name, kind, Value(ref reader, all)));
            }

            return Duplicate(members) is { } twice
                ? throw new JsonException($"has the key '{Shown.Text(twice)}' twice")
                : new Seq<JsonMember>(members);
        });

    /// <summary>The bytes of the one value that there is, without the white space around it.</summary>
    public static Either<AcommError, RawJson> Value(string document, ReadOnlyMemory<byte> utf8, int depthLimit) =>
        Scan(document, utf8, depthLimit, static (ref Utf8JsonReader reader, ReadOnlyMemory<byte> all) => new RawJson(Value(ref reader, all)));

    /// <summary>The text of a value that is a JSON string; nothing if it is none, or has an unpaired surrogate.</summary>
    public static Option<string> Text(ReadOnlyMemory<byte> raw)
    {
        var reader = new Utf8JsonReader(raw.Span);
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

    private delegate T Body<T>(ref Utf8JsonReader reader, ReadOnlyMemory<byte> all);

    // The reader reports what it refuses by exceptions only; here they become values.
    private static Either<AcommError, T> Scan<T>(string document, ReadOnlyMemory<byte> utf8, int depthLimit, Body<T> body)
    {
        if (!Utf8.IsValid(utf8.Span))
            return new AcommError.DocumentMalformed(document, "is not UTF-8", ValidPrefix(utf8.Span));
        var reader = new Utf8JsonReader(utf8.Span, new JsonReaderOptions { MaxDepth = depthLimit });
        try
        {
            reader.Read();
            var value = body(ref reader, utf8);
            var behind = utf8.Span[(int)reader.BytesConsumed..].IndexOfAnyExcept(" \t\r\n"u8);
            return behind >= 0
                ? new AcommError.DocumentMalformed(document, "has data behind its end", reader.BytesConsumed + behind)
                : value;
        }
        catch (JsonException e)
        {
            var reason = IsTooDeep(ref reader, utf8.Span, depthLimit) ? $"is nested deeper than the limit of {depthLimit}" : Reason(e);
            return new AcommError.DocumentMalformed(document, reason, reader.BytesConsumed);
        }
        catch (InvalidOperationException)
        {
            return new AcommError.DocumentMalformed(document, "has a key with an unpaired surrogate", reader.TokenStartIndex);
        }
    }

    // The reader stops before the bracket that is one too many; right behind an opening one it does not count that yet.
    private static bool IsTooDeep(ref Utf8JsonReader reader, ReadOnlySpan<byte> utf8, int depthLimit)
    {
        var depth = reader.CurrentDepth + (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray ? 1 : 0);
        return depth == depthLimit && reader.BytesConsumed < utf8.Length && utf8[(int)reader.BytesConsumed] is (byte)'{' or (byte)'[';
    }

    // Our own words have no position; the reader's begin with a capital and may quote the payload's bytes, so they stay out.
    private static string Reason(JsonException e) => e.BytePositionInLine is null ? e.Message : "is not JSON";

    private static ReadOnlyMemory<byte> Value(ref Utf8JsonReader reader, ReadOnlyMemory<byte> all)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return all[start..(int)reader.BytesConsumed];
    }

    private static string? Duplicate(List<JsonMember> members)
    {
        if (members.Count < 2)
            return null;
        var names = new System.Collections.Generic.HashSet<string>(members.Count, StringComparer.OrdinalIgnoreCase);
        foreach (var member in members)
        {
            if (!names.Add(member.Name))
                return member.Name;
        }

        return null;
    }

    private static int ValidPrefix(ReadOnlySpan<byte> utf8)
    {
        var at = 0;
        while (System.Text.Rune.DecodeFromUtf8(utf8[at..], out _, out var length) == System.Buffers.OperationStatus.Done)
            at += length;
        return at;
    }
}
