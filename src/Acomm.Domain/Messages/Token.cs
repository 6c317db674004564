using System.Security.Cryptography;
using LanguageExt;

namespace Acomm.Domain;

/// <summary>A secret of 256 bits that lets its bearer answer one request or read one stream. Its text is 64 hexadecimal digits; no log shows it.</summary>
public readonly struct Token : IEquatable<Token>
{
    /// <summary>The length in bytes.</summary>
    public const int LengthBytes = 32;

    private readonly ReadOnlyMemory<byte> bytes;

    private Token(ReadOnlyMemory<byte> bytes) => this.bytes = bytes;

    /// <summary>A token of 32 random bytes.</summary>
    public static Either<AcommError, Token> Of(ReadOnlySpan<byte> random) =>
        random.Length == LengthBytes ? new Token(random.ToArray()) : new AcommError.ValueInvalid("token", $"has {random.Length} bytes, {LengthBytes} are needed");

    /// <summary>Reads the text form.</summary>
    public static Either<AcommError, Token> Parse(string text) =>
        text.Length == 2 * LengthBytes && text.All(char.IsAsciiHexDigit)
            ? Of(Convert.FromHexString(text))
            : new AcommError.ValueInvalid("token", $"is not {2 * LengthBytes} hexadecimal digits");

    /// <summary>The text form, for an address. Not what <see cref="ToString"/> gives, so that it gets into no log by accident.</summary>
    public string Reveal() => Convert.ToHexStringLower(bytes.Span);

    /// <summary>Equal in constant time.</summary>
    public bool Equals(Token other) => CryptographicOperations.FixedTimeEquals(bytes.Span, other.bytes.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Token other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(bytes.Span);
        return hash.ToHashCode();
    }

    /// <summary>Equal in constant time.</summary>
    public static bool operator ==(Token left, Token right) => left.Equals(right);

    /// <summary>Different, found in constant time.</summary>
    public static bool operator !=(Token left, Token right) => !left.Equals(right);

    /// <summary>Says only that there is one.</summary>
    public override string ToString() => "(token)";
}
