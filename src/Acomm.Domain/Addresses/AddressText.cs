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
        var (before, rawFragment) = Cut(text, '#');
        var colon = before.IndexOf(':');
        if (colon <= 0)
            return Malformed(text, "has no scheme");
        var rest = before[(colon + 1)..];
        return
            from scheme in ParseScheme(before[..colon])
            from fragment in Decoded(text, rawFragment)
            from address in ParseRest(text, scheme, rest)
            select address with
            {
                Fragment = fragment,
                RawFragment = PercentEncoding.EscapeFragment(fragment) == rawFragment ? "" : rawFragment,
            };
    }

    public static Either<AcommError, Scheme> ParseScheme(string scheme) => scheme.ToLowerInvariant() switch
    {
        "unix" => Scheme.Unix,
        "http" => Scheme.Http,
        "https" => Scheme.Https,
        _ => new AcommError.SchemeUnknown(scheme),
    };

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
        if (host.Any(c => char.IsAscii(c) && c != '%' && !IsHostKept(c)))
            return "has a character in its host that no host may have";
        var end = host.LastIndexOf(']');
        if (host.StartsWith('[') != (end >= 0) || (end >= 0 && end + 1 < host.Length && host[end + 1] != ':'))
            return "has a host with unbalanced brackets";
        var colon = host.IndexOf(':', end + 1);
        return colon >= 0 && host.AsSpan(colon + 1).ContainsAnyExceptInRange('0', '9') ? "has a port that is no number" : None;
    }

    private static Either<AcommError, Address> ParseRest(string text, Scheme scheme, string rest)
    {
        var forceQuery = rest.EndsWith('?') && rest.IndexOf('?') == rest.Length - 1;
        var (before, query) = forceQuery ? (rest[..^1], "") : Cut(rest, '?');
        var address = new Address { Scheme = scheme, ForceQuery = forceQuery, RawQuery = query };
        if (!before.StartsWith('/'))
            return address with { Opaque = before };
        if (!before.StartsWith("//", StringComparison.Ordinal))
            return WithPath(text, address with { OmitHost = true }, before);
        var slash = before.IndexOf('/', 2) switch { < 0 => before.Length, var at => at };
        var authority = before[2..slash];
        var user = authority.LastIndexOf('@');
        if (HidesAscii(authority.AsSpan(user + 1)))
            return Malformed(text, "has an encoded character in its host");
        return
            from host in Decoded(text, authority[(user + 1)..])
            from _ in HostProblem(host).Match(Some: p => Malformed(text, p), None: () => Right<AcommError, Address>(address))
            from full in WithPath(text, address with { HasUser = user >= 0, Host = host }, before[slash..])
            select full;
    }

    private static Either<AcommError, Address> WithPath(string text, Address address, string escaped) =>
        Decoded(text, escaped).Map(path => address with
        {
            Path = path,
            RawPath = PercentEncoding.EscapePath(path) == escaped ? "" : escaped,
        });

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

    private static (string Before, string After) Cut(string text, char at) =>
        text.IndexOf(at) is >= 0 and var i ? (text[..i], text[(i + 1)..]) : (text, "");

    private static Either<AcommError, string> Decoded(string text, string part) =>
        PercentEncoding.Decode(part).MapLeft(problem => (AcommError)new AcommError.AddressMalformed(text, problem));

    private static Either<AcommError, Address> Malformed(string text, string reason) => new AcommError.AddressMalformed(text, reason);
}
