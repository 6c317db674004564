using System.Text;
using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Domain;

/// <summary>Addresses as text, read by the rules of Go's url.Parse.</summary>
internal static class AddressText
{
    private const string HostKept = "!$&'()*+,;=:[]<>\"-_.~";

    public static Either<AcommError, Address> Parse(string text)
    {
        if (HasControl(text))
            return Malformed(text, "has a space or a control character");
        if (!TextRules.IsWellFormed(text))
            return Malformed(text, "has an unpaired surrogate");
        var before = Cut(text, '#', out var rawFragment);
        var colon = before.IndexOf(':');
        if (colon <= 0)
            return Malformed(text, "has no scheme");
        var scheme = ParseScheme(before[..colon].ToString());
        if (scheme.IsLeft)
            return (AcommError)scheme;
        return PercentEncoding.Decode(rawFragment, out var fragment).Case is string problem
            ? Malformed(text, problem)
            : ParseRest(text, (Scheme)scheme, before[(colon + 1)..], fragment, rawFragment);
    }

    public static Either<AcommError, Scheme> ParseScheme(string scheme) =>
        scheme.Equals("unix", StringComparison.OrdinalIgnoreCase) ? Scheme.Unix
        : scheme.Equals("http", StringComparison.OrdinalIgnoreCase) ? Scheme.Http
        : scheme.Equals("https", StringComparison.OrdinalIgnoreCase) ? Scheme.Https
        : new AcommError.SchemeUnknown(scheme);

    /// <summary>Whether there is a space or a control character.</summary>
    public static bool HasControl(string text) => text.AsSpan().IndexOfAnyInRange('\0', ' ') >= 0 || text.Contains('\x7f');

    /// <summary>The host as text: what a host may not hold as it is, percent encoded.</summary>
    public static string EscapeHost(string host)
    {
        var text = new StringBuilder();
        foreach (var b in Encoding.UTF8.GetBytes(host))
            _ = IsHostKept((char)b)
                ? text.Append((char)b)
                : text.Append('%').Append(b.ToString("X2", null));
        return text.ToString();
    }

    /// <summary>What is wrong with host and port, if anything.</summary>
    public static Option<string> HostProblem(string host)
    {
        foreach (var c in host)
        {
            if (char.IsAscii(c) && c != '%' && !IsHostKept(c))
                return "has a character in its host that no host may have";
        }

        var end = host.LastIndexOf(']');
        if (host.StartsWith('[') != (end >= 0) || (end >= 0 && end + 1 < host.Length && host[end + 1] != ':'))
            return "has a host with unbalanced brackets";
        var colon = host.IndexOf(':', end + 1);
        return colon >= 0 && host.AsSpan(colon + 1).ContainsAnyExceptInRange('0', '9') ? "has a port that is no number" : None;
    }

    private static Either<AcommError, Address> ParseRest(string text, Scheme scheme, ReadOnlySpan<char> rest, string fragment, ReadOnlySpan<char> rawFragment)
    {
        var before = Cut(rest, '?', out var query);
        var escaped = before;
        var (user, host) = (-1, "");
        if (before.StartsWith("//"))
        {
            var slash = before[2..].IndexOf('/') switch { < 0 => before.Length, var at => at + 2 };
            var authority = before[2..slash];
            escaped = before[slash..];
            user = authority.LastIndexOf('@');
            if (HidesAscii(authority[(user + 1)..]))
                return Malformed(text, "has an encoded character in its host");
            if (PercentEncoding.Decode(authority[(user + 1)..], out host).Case is string undecodable)
                return Malformed(text, undecodable);
            if (HostProblem(host).Case is string impossible)
                return Malformed(text, impossible);
        }

        var isOpaque = !before.StartsWith('/');
        return PercentEncoding.Decode(isOpaque ? default : escaped, out var path).Case is string problem
            ? Malformed(text, problem)
            : new Address
            {
                Scheme = scheme,
                Opaque = isOpaque ? before.ToString() : "",
                HasUser = user >= 0,
                Host = host,
                Path = path,
                RawPath = isOpaque || escaped.SequenceEqual(PercentEncoding.EscapePath(path)) ? "" : escaped.ToString(),
                OmitHost = !isOpaque && !before.StartsWith("//"),
                ForceQuery = query.IsEmpty && before.Length < rest.Length,
                RawQuery = query.ToString(),
                Fragment = fragment,
                RawFragment = rawFragment.SequenceEqual(PercentEncoding.EscapeFragment(fragment)) ? "" : rawFragment.ToString(),
            };
    }

    private static bool IsHostKept(char c) => char.IsAsciiLetterOrDigit(c) || HostKept.Contains(c, StringComparison.Ordinal);

    // Only what is no ASCII may be encoded in a host, and the % before a zone; an encoded slash or colon would say another host.
    private static bool HidesAscii(ReadOnlySpan<char> host)
    {
        for (var at = host.IndexOf('%'); at >= 0; at = host.IndexOf('%'))
        {
            host = host[(at + 1)..];
            if (host is [>= '0' and <= '7', _, ..] and not ['2', '5', ..])
                return true;
        }

        return false;
    }

    private static ReadOnlySpan<char> Cut(ReadOnlySpan<char> text, char at, out ReadOnlySpan<char> after)
    {
        var end = text.IndexOf(at);
        after = end < 0 ? default : text[(end + 1)..];
        return end < 0 ? text : text[..end];
    }

    private static AcommError Malformed(string text, string reason) => new AcommError.AddressMalformed(text, reason);
}
