using System.Globalization;
using LanguageExt;

namespace Acomm.Domain;

/// <summary>The host part of an address, apart from its port, and what it says of the machine it was written on.</summary>
public static class HostName
{
    // What DNS can hold.
    private const int NameLimitChars = 253;
    private const int LabelLimitChars = 63;

    /// <summary>Host and <c>:port</c>; the port is empty if there is none. IPv6 keeps its brackets, and gets them if it came bare.</summary>
    public static (string Host, string Port) Split(string host)
    {
        if (IpAddress.Parse(host) is { IsSome: true } ip && host.Contains(':'))
            return ($"[{host}]", "");
        var colon = host.IndexOf(':', host.LastIndexOf(']') + 1);
        return colon < 0 ? (host, "") : (host[..colon], host[colon..]);
    }

    /// <summary>The IP address that a host is, if it is one and no name; in brackets only IPv6 can stand.</summary>
    public static Option<IpAddress> Ip(string host) => Split(host).Host switch
    {
        ['[', .. var v6, ']'] => v6.Contains(':') ? IpAddress.Parse(v6) : Option<IpAddress>.None,
        var v4 => IpAddress.Parse(v4),
    };

    /// <summary>
    /// Whether a host means only "this machine" to the one who wrote it: none at all, localhost, a loopback address, or
    /// the unspecified address that a listener on everything reports.
    /// </summary>
    public static bool IsLocal(string host)
    {
        var name = Split(host).Host.TrimEnd('.');
        return name.Length == 0
            || name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || Ip(host).Exists(ip => ip.IsLoopback || ip.IsUnspecified);
    }

    /// <summary>Whether both mean this machine, and the same port of it.</summary>
    public static bool IsSameLocal(string host, string other) =>
        host.Length > 0 && other.Length > 0 && IsLocal(host) && IsLocal(other) && Split(host).Port == Split(other).Port;

    /// <summary>What keeps a host from being connected to, if anything does.</summary>
    public static Option<string> Problem(string host)
    {
        var (name, port) = Split(host);
        return name.Length == 0 ? "has no host"
            : port.Length > 1 && !ushort.TryParse(port.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out _) ? "has a port above 65535"
            : name.StartsWith('[') ? (Ip(host).IsSome ? Option<string>.None : "has a host in brackets that is no IPv6 address")
            : IsName(name.EndsWith('.') ? name[..^1] : name) ? Option<string>.None
            : "has a host that is no name";
    }

    /// <summary>
    /// An HTTP address whose host means "this machine" on another one, made to mean that one: its host becomes that of
    /// <paramref name="remote"/> (host or host:port), its port stays. Other addresses are returned as they are. (Go: ReplaceLocalhost.)
    /// </summary>
    public static Address ReplaceLocal(Address address, string remote) =>
        address.IsUnix || !IsLocal(address.Host) ? address : address with { Host = Split(remote).Host + Split(address.Host).Port };

    /// <summary>The same address at an IP address in place of its host; the port stays.</summary>
    public static Address At(Address address, IpAddress ip) => address with { Host = Split(ip.ToString()).Host + Split(address.Host).Port };

    /// <summary>The address of a listener on everything (0.0.0.0 or ::), with a machine's name in place of that.</summary>
    public static Address ReplaceUnspecified(Address address, string machine) =>
        Ip(address.Host).Exists(ip => ip.IsUnspecified) ? address with { Host = machine + Split(address.Host).Port } : address;

    private static bool IsName(string name) => name.Length <= NameLimitChars && name.Split('.').All(IsLabel);

    // The full stops of other scripts are dots to an HTTP client, and would make another host of it.
    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= LabelLimitChars && label[0] != '-' && label[^1] != '-'
        && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' || (!char.IsAscii(c) && c is not ('\u3002' or '\uff0e' or '\uff61')));
}
