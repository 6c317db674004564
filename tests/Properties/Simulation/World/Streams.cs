using System.Globalization;
using Acomm.Domain;

namespace Acomm.Properties.Simulation;

/// <summary>Where streams are offered: each address leads to its source, or to the address of another that it passes on.</summary>
internal sealed class Streams
{
    private readonly Dictionary<string, (string? Source, Address? From)> offered = new(StringComparer.Ordinal);

    /// <summary>A source, offered on a socket of its own.</summary>
    public Address Offer(Site site, string source) => Add(site, (source, null));

    /// <summary>The address at which somebody on the other side of a proxy can read.</summary>
    public Address Carry(Site site, Address stream, StreamStep step) => step switch
    {
        StreamStep.OfferOnUnix => Add(site, (null, stream)),
        StreamStep.PublishOverHttp => Publish(site, stream),
        _ => stream,
    };

    /// <summary>What somebody reads at an address.</summary>
    public string? SourceOf(Address address) =>
        !offered.TryGetValue(address.ToString(), out var entry) ? null : entry.From is { } from ? SourceOf(from) : entry.Source;

    private Address Publish(Site site, Address stream)
    {
        var url = site.PublicUrl.Append("stream").WithQuery("addr", stream.ToString());
        offered[url.ToString()] = (null, stream);
        return url;
    }

    private Address Add(Site site, (string?, Address?) entry)
    {
        var address = Known.Of(Address.Unix(string.Create(CultureInfo.InvariantCulture, $"{site.Path}.{offered.Count}")));
        offered[address.ToString()] = entry;
        return address;
    }
}
