using System.Buffers;
using System.Text;
using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Domain;

/// <summary>
/// Percent encoding as Go's net/url does it, since its peers compare, dial and re-encode addresses by these rules.
/// Decoded text is Unicode here; bytes that are no UTF-8 are refused.
/// </summary>
internal static class PercentEncoding
{
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~";
    private static readonly SearchValues<char> PathKept = SearchValues.Create(Unreserved + "$&+,/:;=@");
    private static readonly SearchValues<char> PathLegal = SearchValues.Create(Unreserved + "$&+,/:;=@!'()*[]%");
    private static readonly SearchValues<char> FragmentKept = SearchValues.Create(Unreserved + "$&+,/:;=?@!()*");
    private static readonly SearchValues<char> FragmentLegal = SearchValues.Create(Unreserved + "$&+,/:;=?@!'()*[]%");
    private static readonly SearchValues<char> QueryKept = SearchValues.Create(Unreserved);

    public static string EscapePath(string decoded) => Escape(decoded, PathKept);

    public static string EscapeFragment(string decoded) => Escape(decoded, FragmentKept);

    public static string EscapeQueryValue(string decoded) => Escape(decoded, QueryKept);

    /// <summary>The original encoding, if it is one of <paramref name="decoded"/>; else the default encoding.</summary>
    public static string PathOf(string decoded, string raw) =>
        IsEncodingOf(decoded, raw, PathLegal) ? raw : decoded == "*" ? "*" : EscapePath(decoded);

    /// <inheritdoc cref="PathOf"/>
    public static string FragmentOf(string decoded, string raw) =>
        IsEncodingOf(decoded, raw, FragmentLegal) ? raw : EscapeFragment(decoded);

    /// <summary>The decoded text, or what is wrong with the encoding.</summary>
    public static Either<string, string> Decode(string text)
    {
        var bytes = new ArrayBufferWriter<byte>();
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            var plain = rest.IndexOf('%') switch { < 0 => rest.Length, var at => at };
            Encoding.UTF8.GetBytes(rest[..plain], bytes);
            rest = rest[plain..];
            if (rest.IsEmpty)
                break;
            if (rest.Length < 3 || !char.IsAsciiHexDigit(rest[1]) || !char.IsAsciiHexDigit(rest[2]))
                return Left<string, string>("has an invalid percent encoding");
            bytes.Write([(byte)((HexValue(rest[1]) << 4) | HexValue(rest[2]))]);
            rest = rest[3..];
        }

        return System.Text.Unicode.Utf8.IsValid(bytes.WrittenSpan)
            ? Right<string, string>(Encoding.UTF8.GetString(bytes.WrittenSpan))
            : Left<string, string>("has a percent encoding of bytes that are no UTF-8");
    }

    private static bool IsEncodingOf(string decoded, string raw, SearchValues<char> legal) =>
        !raw.AsSpan().ContainsAnyExcept(legal) && Decode(raw).Match(Right: d => d == decoded, Left: _ => false);

    private static string Escape(string decoded, SearchValues<char> kept)
    {
        var text = new StringBuilder();
        foreach (var b in Encoding.UTF8.GetBytes(decoded))
            _ = kept.Contains((char)b) ? text.Append((char)b) : text.Append('%').Append(b.ToString("X2", null));
        return text.ToString();
    }

    private static int HexValue(char digit) => char.IsAsciiDigit(digit) ? digit - '0' : char.ToUpperInvariant(digit) - 'A' + 10;
}
