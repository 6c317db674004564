using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Domain;

/// <summary>How a document came in, and so what it may ask for.</summary>
public abstract record Arrival
{
    private Arrival() { }

    /// <summary>On the node's unix socket, from a user of this host that may open it.</summary>
    public sealed record OnSocket(PeerIdentity From) : Arrival;

    /// <summary>Over HTTP, from this address.</summary>
    public sealed record OverHttp(IpAddress Caller) : Arrival;

    /// <summary>An arrival on the socket of which nothing more is known.</summary>
    public static Arrival Socket { get; } = new OnSocket(PeerIdentity.Local);

    /// <summary>Who brought it.</summary>
    public PeerIdentity Peer => this switch
    {
        OnSocket socket => socket.From,
        OverHttp http => new PeerIdentity.HttpAddress(http.Caller),
        _ => PeerIdentity.Local,
    };

    /// <summary>Where addresses from such a document may lead.</summary>
    public Reach Reach(OutsidePolicy policy) => this is OverHttp http ? new Reach.Outside(http.Caller, policy) : Domain.Reach.Anywhere;
}

/// <summary>What is to be done with a request that came in.</summary>
public abstract record Intake
{
    private Intake() { }

    /// <summary>It is refused in the acknowledgement.</summary>
    public sealed record Refuse(AcommError Error) : Intake;

    /// <summary>It is handled here, after the plan was carried out.</summary>
    public sealed record Handle(ProxyPlan Plan) : Intake;

    /// <summary>It is sent on to another node of this host or another one.</summary>
    public sealed record PassOn(Request Request, Address To) : Intake;

    /// <summary>
    /// Decides. A task URL that is not this node's own sends a request on; else its task must be served here. What came over HTTP is proxied
    /// through the node's own unix hook, so that handlers answer locally only; what came on the socket is answered on
    /// its own hook, whatever that is.
    /// </summary>
    public static Intake Decide(Request request, Arrival arrival, OutsidePolicy policy, Func<TaskName, bool> serves, Address ownHook, Option<Address> publicUrl)
    {
        var reach = arrival.Reach(policy);
        if (arrival is Arrival.OverHttp http)
            request = FromOutside.SeenFromHere(request, http.Caller);
        if ((Wrong(reach, request.TaskUrl) | Wrong(reach, request.ResponseHook) | Wrong(reach, request.StreamUrl)).Case is AcommError error)
            return new Refuse(error);
        if (request.TaskUrl.Case is Address to && !to.IsSameEndpoint(ownHook) && !publicUrl.Exists(to.IsSameEndpoint))
            return new PassOn(request, to);
        if (!serves(request.Task))
            return new Refuse(new AcommError.UnknownTask(request.Task));
        return new Handle(arrival is Arrival.OverHttp
            ? ProxyPlan.Inward(request, ownHook, reach)
            : new ProxyPlan(request, None, StreamStep.Keep));
    }

    // What keeps an address of a request from being connected to.
    private static Option<AcommError> Wrong(Reach reach, Option<Address> some) =>
        some.Case is not Address address ? None
        : reach.Check(address).Case is AcommError forbidden ? forbidden
        : address.Usable.Case is AcommError unusable ? unusable
        : None;
}
