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

    /// <summary>Gives the decoded text, or tells what is wrong with the encoding.</summary>
    public static Option<string> Decode(ReadOnlySpan<char> text, out string decoded)
    {
        decoded = "";
        var bytes = new byte[Encoding.UTF8.GetByteCount(text)];
        var length = 0;
        for (var rest = text; !rest.IsEmpty;)
        {
            var plain = rest.IndexOf('%') switch { < 0 => rest.Length, var at => at };
            length += Encoding.UTF8.GetBytes(rest[..plain], bytes.AsSpan(length));
            rest = rest[plain..];
            if (rest.IsEmpty)
                break;
            if (rest.Length < 3 || !char.IsAsciiHexDigit(rest[1]) || !char.IsAsciiHexDigit(rest[2]))
                return "has an invalid percent encoding";
            bytes[length++] = (byte)((HexValue(rest[1]) << 4) | HexValue(rest[2]));
            rest = rest[3..];
        }

        if (!System.Text.Unicode.Utf8.IsValid(bytes.AsSpan(0, length)))
            return "has a percent encoding of bytes that are no UTF-8";
        decoded = Encoding.UTF8.GetString(bytes, 0, length);
        return None;
    }

    private static bool IsEncodingOf(string decoded, string raw, SearchValues<char> legal) =>
        !raw.AsSpan().ContainsAnyExcept(legal) && Decode(raw, out var original).IsNone && original == decoded;

    private static string Escape(string decoded, SearchValues<char> kept)
    {
        if (!decoded.AsSpan().ContainsAnyExcept(kept))
            return decoded;
        var text = new StringBuilder();
        foreach (var b in Encoding.UTF8.GetBytes(decoded))
            _ = kept.Contains((char)b) ? text.Append((char)b) : text.Append('%').Append(b.ToString("X2", null));
        return text.ToString();
    }

    private static int HexValue(char digit) => char.IsAsciiDigit(digit) ? digit - '0' : char.ToUpperInvariant(digit) - 'A' + 10;
}
