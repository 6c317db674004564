using System.Buffers.Text;
using System.Globalization;
using System.Text;
using LanguageExt;

namespace Acomm.Domain;

/// <summary>
/// How two of our own peers agree that a connection carries more than one document: the sender asks in the first one, by
/// a key, and the receiver offers in its acknowledgement, by the same key, how many documents may wait for theirs. A Go
/// peer knows neither and ignores both.
/// </summary>
public static class KeepOpen
{
    /// <summary>The key: <c>true</c> in a document, a number in an acknowledgement.</summary>
    public const string Key = "keepOpen";

    /// <summary>The document with the question in it. It must be one that this library wrote.</summary>
    public static ReadOnlyMemory<byte> Ask(ReadOnlyMemory<byte> document) => WithFirst(document, "true"u8);

    /// <summary>The acknowledgement with the offer in it. It must be one that this library wrote.</summary>
    /// <param name="acknowledgement">A written acknowledgement.</param>
    /// <param name="inFlight">How many documents may wait for their acknowledgement.</param>
    public static ReadOnlyMemory<byte> Offer(ReadOnlyMemory<byte> acknowledgement, int inFlight) =>
        WithFirst(acknowledgement, Encoding.UTF8.GetBytes(inFlight.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Whether a document asks for more.</summary>
    public static bool IsAsked(ReadOnlyMemory<byte> document, Limits limits) =>
        Value(document, limits).Exists(value => value.Span.SequenceEqual("true"u8));

    /// <summary>How many documents may wait for their acknowledgement, if it is offered to keep the connection.</summary>
    public static Option<int> Offered(ReadOnlyMemory<byte> acknowledgement, Limits limits) => Value(acknowledgement, limits)
        .Bind(value => Utf8Parser.TryParse(value.Span, out int count, out var read) && read == value.Length && count > 0
            ? Option<int>.Some(count)
            : Option<int>.None);

    // Most documents hold no such text, and are not looked at twice.
    private static Option<ReadOnlyMemory<byte>> Value(ReadOnlyMemory<byte> document, Limits limits)
    {
        if (document.Span.IndexOf("\"keepOpen\""u8) < 0)
            return default;
        var value = default(JsonPart);
        var wrong = JsonScanner.Object("document", document.Span, limits.Depth, [Key], new Span<JsonPart>(ref value));
        return wrong.IsNone && value.IsThere ? Option<ReadOnlyMemory<byte>>.Some(value.Of(document)) : default;
    }

    private static ReadOnlyMemory<byte> WithFirst(ReadOnlyMemory<byte> document, ReadOnlySpan<byte> value) =>
        (byte[])[.. "{\"keepOpen\":"u8, .. value, .. ","u8, .. document.Span[1..]];
}
