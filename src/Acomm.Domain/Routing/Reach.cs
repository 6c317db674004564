using LanguageExt;

namespace Acomm.Domain;

/// <summary>On whose word an address is connected to, and so where it may lead.</summary>
public abstract record Reach
{
    private Reach() { }

    /// <summary>A user of this node gave it: it may lead anywhere.</summary>
    public sealed record Trusted : Reach;

    /// <summary>Somebody outside gave it: http(s) only, and checked against the address really connected to.</summary>
    public sealed record Outside(IpAddress Caller, OutsidePolicy Policy) : Reach;

    /// <summary>The one trusted reach.</summary>
    public static Reach Anywhere { get; } = new Trusted();

    /// <summary>What can be said before anything is connected to: a scheme, or an IP address, that is not allowed.</summary>
    public Either<AcommError, Address> Check(Address address) => this is Trusted ? address : CheckOutside(address);

    /// <summary>
    /// The addresses, all with an IP address for a host, at which a named one may be connected to, now that its host was
    /// resolved. So what is checked is what is connected to, on whatever connection; a name could lead elsewhere the next
    /// time. <see cref="AcommError.AddressForbidden"/> if there is none.
    /// </summary>
    public Either<AcommError, Seq<Address>> Targets(Address named, Seq<IpAddress> resolved)
    {
        var allowed = resolved.Filter(ip => Allows(named.Host, ip)).Map(ip => HostName.At(named, ip));
        return allowed.IsEmpty ? Forbidden(named) : allowed;
    }

    private Either<AcommError, Address> CheckOutside(Address address) =>
        address.IsUnix ? new AcommError.AddressForbidden(address, "from outside only http and https addresses are taken")
        : HostName.Ip(address.Host).ForAll(ip => Allows(address.Host, ip)) ? address
        : Forbidden(address);

    private bool Allows(string host, IpAddress connected) =>
        this is not Outside outside || outside.Policy.Allows(outside.Caller, host, connected);

    private static AcommError Forbidden(Address address) =>
        new AcommError.AddressForbidden(address, "it leads to a machine that the sender may not name");
}
