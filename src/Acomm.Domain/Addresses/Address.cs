using System.Text;
using LanguageExt;

namespace Acomm.Domain;

/// <summary>What can be done with an address.</summary>
public enum Scheme
{
    /// <summary>A unix stream socket, by its path.</summary>
    Unix,

    /// <summary>HTTP without encryption.</summary>
    Http,

    /// <summary>HTTP over TLS.</summary>
    Https,
}

/// <summary>
/// An address in all the parts that a Go peer can send (its url.URL), each as it was sent. It may name nothing that can
/// be reached: <see cref="UnixPath"/> and <see cref="HttpTarget"/> tell.
/// </summary>
/// <remarks>
/// That user info was there is kept, the name and password are not: Go's encoder does not send them, and so they can
/// get into no log either. Text is as Go's URL.String() writes it.
/// </remarks>
public sealed record Address
{
    /// <summary>The system's socket address holds 108 bytes, the last of them zero.</summary>
    public const int UnixPathLimitBytes = 107;

    internal Address() { }

    /// <summary>How the address is reached.</summary>
    public Scheme Scheme { get; internal init; }

    /// <summary>The text of an address without authority and leading slash (<c>unix:rel.sock</c>), else empty.</summary>
    public string Opaque { get; internal init; } = "";

    /// <summary>Whether there was user info.</summary>
    public bool HasUser { get; internal init; }

    /// <summary>Host and perhaps port, IPv6 in brackets.</summary>
    public string Host { get; internal init; } = "";

    /// <summary>The decoded path.</summary>
    public string Path { get; internal init; } = "";

    /// <summary>The encoded path where the default encoding of <see cref="Path"/> would differ, else empty.</summary>
    public string RawPath { get; internal init; } = "";

    /// <summary>Whether an empty authority is left out of the text (<c>unix:/x.sock</c>).</summary>
    public bool OmitHost { get; internal init; }

    /// <summary>Whether the text ends in a question mark with no query behind it.</summary>
    public bool ForceQuery { get; internal init; }

    /// <summary>The encoded query, without the question mark.</summary>
    public string RawQuery { get; internal init; } = "";

    /// <summary>The decoded fragment.</summary>
    public string Fragment { get; internal init; } = "";

    /// <summary>The encoded fragment where the default encoding would differ, else empty.</summary>
    public string RawFragment { get; internal init; } = "";

    /// <summary>The path as it stands in the text.</summary>
    public string EscapedPath => PercentEncoding.PathOf(Path, RawPath);

    /// <summary>The scheme in lower case, as documents carry it.</summary>
    public string SchemeText => Scheme switch { Scheme.Unix => "unix", Scheme.Http => "http", _ => "https" };

    /// <summary>Whether the address is of a unix socket.</summary>
    public bool IsUnix => Scheme == Scheme.Unix;

    /// <summary>The address for messages and logs: without query and fragment, which may hold a token.</summary>
    public string Shown => Domain.Shown.Text(WithoutQuery.ToString());

    /// <summary>Reads the text form; <see cref="AcommError.AddressMalformed"/> or <see cref="AcommError.SchemeUnknown"/> if it is none.</summary>
    public static Either<AcommError, Address> Parse(string text) => AddressText.Parse(text);

    /// <summary>The address of a socket path; it must be absolute, without NUL, and at most <see cref="UnixPathLimitBytes"/> long.</summary>
    public static Either<AcommError, Address> Unix(string path)
    {
        var address = new Address { Scheme = Scheme.Unix, Path = path };
        return address.UnixPath.Map(_ => address);
    }

    /// <summary>The path of the socket to connect to: absolute, without NUL, at most <see cref="UnixPathLimitBytes"/> bytes of UTF-8.</summary>
    public Either<AcommError, string> UnixPath =>
        !IsUnix || Opaque.Length > 0 ? new AcommError.AddressUnusable(this, "names no socket path")
        : Host.Length > 0 ? new AcommError.AddressUnusable(this, $"has the host '{Domain.Shown.Text(Host)}', a socket path starts behind unix://")
        : !Path.StartsWith('/') ? new AcommError.AddressUnusable(this, "names no absolute socket path")
        : Path.Contains('\0') ? new AcommError.AddressUnusable(this, "has a NUL in its socket path")
        : !TextRules.IsWellFormed(Path) ? new AcommError.AddressUnusable(this, "has an unpaired surrogate in its socket path")
        : Encoding.UTF8.GetByteCount(Path) is > UnixPathLimitBytes and var bytes ? new AcommError.PathTooLong(Path, UnixPathLimitBytes, bytes)
        : Path;

    /// <summary>
    /// The text to give to an HTTP client: with a host, and without user info and fragment. A name stands there as it
    /// is: the client, unlike Go, takes no encoded one.
    /// </summary>
    public Either<AcommError, string> HttpTarget =>
        IsUnix || Opaque.Length > 0 ? new AcommError.AddressUnusable(this, "is not for HTTP")
        : HostName.Problem(Host).Case is string problem ? new AcommError.AddressUnusable(this, problem)
        : (this with { HasUser = false, Fragment = "" }).Text(Host.StartsWith('[') ? AddressText.EscapeHost(Host) : Host);

    /// <summary>The address itself, if it names something that can be connected to.</summary>
    public Either<AcommError, Address> Usable => (IsUnix ? UnixPath : HttpTarget).Case is AcommError unusable ? unusable : this;

    /// <summary>The same address with one more query parameter, its value encoded.</summary>
    public Address WithQuery(string name, string value)
    {
        var pair = $"{name}={PercentEncoding.EscapeQueryValue(value)}";
        return this with { RawQuery = RawQuery.Length == 0 ? pair : $"{RawQuery}&{pair}", ForceQuery = false };
    }

    /// <summary>The same address with a path segment behind its path.</summary>
    public Address Append(string segment) => this with
    {
        Path = $"{Path.TrimEnd('/')}/{segment}",
        RawPath = RawPath.Length == 0 ? "" : $"{RawPath.TrimEnd('/')}/{PercentEncoding.EscapePath(segment)}",
        RawQuery = "",
        ForceQuery = false,
    };

    /// <summary>The same address without query and fragment.</summary>
    public Address WithoutQuery => this with { RawQuery = "", ForceQuery = false, Fragment = "" };

    /// <summary>
    /// Whether both lead to the same place on this machine: scheme, host and path, but for a slash at its end. All names
    /// of the machine itself are one.
    /// </summary>
    public bool IsSameEndpoint(Address other) =>
        Scheme == other.Scheme
        && Opaque == other.Opaque
        && (string.Equals(Host, other.Host, StringComparison.OrdinalIgnoreCase) || HostName.IsSameLocal(Host, other.Host))
        && Path.TrimEnd('/') == other.Path.TrimEnd('/');

    /// <summary>The text form.</summary>
    public override string ToString() => Text(AddressText.EscapeHost(Host));

    private string Text(string host)
    {
        var text = new StringBuilder(SchemeText).Append(':');
        if (Opaque.Length > 0)
        {
            text.Append(Opaque);
        }
        else
        {
            var path = EscapedPath;
            var named = Host.Length > 0 || HasUser;

            // Without an authority, a path may not begin like one: Go's text of such an address says another.
            var omitted = OmitHost && !path.StartsWith("//", StringComparison.Ordinal);
            if (named || (Path.Length > 0 && !omitted))
                text.Append("//");
            if (HasUser)
                text.Append('@');
            text.Append(host);
            if (path.Length > 0 && path[0] != '/' && Host.Length > 0)
                text.Append('/');
            text.Append(path);
        }

        if (ForceQuery || RawQuery.Length > 0)
            text.Append('?').Append(RawQuery);
        if (Fragment.Length > 0)
            text.Append('#').Append(PercentEncoding.FragmentOf(Fragment, RawFragment));
        return text.ToString();
    }
}
