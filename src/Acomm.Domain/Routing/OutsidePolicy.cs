using System.Globalization;
using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Domain;

/// <summary>A range of IP addresses, written <c>10.0.0.0/8</c> or as one address. The default value contains none.</summary>
public readonly record struct IpNetwork
{
    private readonly IpAddress first;
    private readonly Option<int> prefixBits;

    private IpNetwork(IpAddress first, int prefixBits) => (this.first, this.prefixBits) = (first, prefixBits);

    /// <summary>Reads the text form.</summary>
    public static Either<AcommError, IpNetwork> Parse(string text)
    {
        var slash = text.IndexOf('/');
        var ip = IpAddress.Parse(slash < 0 ? text : text[..slash]);
        var offset = ip.Exists(i => i.IsV4) ? 96 : 0;
        var prefix = slash < 0 ? Some(128 - offset) : Prefix(text[(slash + 1)..], 128 - offset);
        return (from i in ip from p in prefix select new IpNetwork(i, offset + p))
            .ToEither<AcommError>(new AcommError.ValueInvalid("network", $"'{Shown.Text(text)}' is no IP address or range"));
    }

    /// <summary>Whether an address is in the range.</summary>
    public bool Contains(IpAddress ip)
    {
        var start = first;
        return prefixBits.Exists(bits => start.SharesPrefix(ip, bits));
    }

    private static Option<int> Prefix(string digits, int limit) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var bits) && bits <= limit ? bits : None;
}

/// <summary>
/// Where this node may connect on the word of somebody outside. A hook, task URL or stream URL from outside is an order
/// to connect; by default only to the machine that gave it.
/// </summary>
public sealed record OutsidePolicy
{
    /// <summary>Only the caller's own machine.</summary>
    public static readonly OutsidePolicy Default = new();

    /// <summary>Ranges that anybody may name.</summary>
    public Seq<IpNetwork> AllowedNetworks { get; init; }

    /// <summary>Host names that anybody may name, whatever they resolve to.</summary>
    public Seq<string> AllowedHosts { get; init; }

    /// <summary>Whether the caller may have this node connect to an address that a host resolved to.</summary>
    public bool Allows(IpAddress caller, string host, IpAddress connected) =>
        connected == caller
        || (connected.IsLoopback && caller.IsLoopback)
        || AllowedNetworks.Exists(network => network.Contains(connected))
        || AllowedHosts.Exists(allowed => allowed.Equals(HostName.Split(host).Host, StringComparison.OrdinalIgnoreCase));
}
