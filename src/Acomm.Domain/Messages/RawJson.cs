using System.Text;
using LanguageExt;

namespace Acomm.Domain;

/// <summary>One JSON value as the bytes it came in, equal by those bytes. It is never read, sorted or rounded on the way.</summary>
public readonly struct RawJson : IEquatable<RawJson>
{
    // A value travels inside a document, which is one level itself: what is taken here can be read there.
    private static readonly int DepthLimit = Limits.Default.Depth - 1;
    private static readonly byte[] NullText = "null"u8.ToArray();
    private readonly ReadOnlyMemory<byte> utf8;

    /// <summary>For bytes that are known to be one value without white space around it.</summary>
    internal RawJson(ReadOnlyMemory<byte> utf8) => this.utf8 = utf8;

    /// <summary>The JSON value <c>null</c>.</summary>
    public static RawJson Null => default;

    /// <summary>The bytes, UTF-8.</summary>
    public ReadOnlyMemory<byte> Utf8 => utf8.IsEmpty ? NullText : utf8;

    /// <summary>Whether the value is <c>null</c>.</summary>
    public bool IsNull => Utf8.Span.SequenceEqual("null"u8);

    /// <summary>Reads one JSON value from text; white space around it is left out.</summary>
    public static Either<AcommError, RawJson> Parse(string text) => TextRules.IsWellFormed(text)
        ? Parse(Encoding.UTF8.GetBytes(text))
        : new AcommError.DocumentMalformed("value", "has an unpaired surrogate", 0);

    /// <summary>Reads one JSON value from UTF-8; white space around it is left out. The bytes are kept, not copied.</summary>
    public static Either<AcommError, RawJson> Parse(ReadOnlyMemory<byte> utf8) => JsonScanner.Value("value", utf8, DepthLimit);

    /// <summary>Equal where the bytes are.</summary>
    public bool Equals(RawJson other) => Utf8.Span.SequenceEqual(other.Utf8.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RawJson other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Utf8.Span);
        return hash.ToHashCode();
    }

    /// <summary>Equal where the bytes are.</summary>
    public static bool operator ==(RawJson left, RawJson right) => left.Equals(right);

    /// <summary>Different where the bytes are.</summary>
    public static bool operator !=(RawJson left, RawJson right) => !left.Equals(right);

    /// <summary>The JSON text.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Utf8.Span);
}
