using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Domain;

/// <summary>How a stream's address is made reachable on the other side of a proxy.</summary>
public enum StreamStep
{
    /// <summary>It is reachable as it is.</summary>
    Keep,

    /// <summary>It is an HTTP address, to be offered as a unix stream of this node.</summary>
    OfferOnUnix,

    /// <summary>It is a unix stream, to be offered over this node's HTTP.</summary>
    PublishOverHttp,
}

/// <summary>
/// A request as a proxy sends it on: under the same id, with the proxy's own hook. Where there is a route, the answer
/// belongs to the original hook and has to be registered before the request is sent.
/// </summary>
/// <param name="Request">The request to be sent on; its stream is still the original one.</param>
/// <param name="Route">Where the answer goes; none if nobody wants one, or if it needs no proxy.</param>
/// <param name="Stream">What is to be done with the request's stream first.</param>
public sealed record ProxyPlan(Request Request, Option<Route.Forward> Route, StreamStep Stream)
{
    /// <summary>The hook that the request came with; none if nobody wants an answer.</summary>
    public Option<Address> OriginalHook => Route.Case is Route.Forward route ? route.OriginalHook : Request.ResponseHook;

    /// <summary>How long its answer is waited for: as long as the sender does, if that is said, but no longer than <see cref="Limits.LongestProxied"/>.</summary>
    public TimeSpan Timeout(Limits limits)
    {
        var timeout = Request.Timeout.IfNone(limits.RequestTimeout);
        return timeout < limits.LongestProxied ? timeout : limits.LongestProxied;
    }

    /// <summary>
    /// From outside to this host: an http hook becomes the node's unix hook, an http stream a unix stream. What is on
    /// unix already stays as it is. (Go: ProxyUnix.)
    /// </summary>
    public static ProxyPlan Inward(Request request, Address ownHook, Reach reach)
    {
        var outer = request.ResponseHook.Filter(hook => !hook.IsUnix);
        return new ProxyPlan(
            outer.IsSome ? request with { ResponseHook = ownHook } : request,
            outer.Map(hook => new Route.Forward(hook, reach)),
            request.StreamUrl.Exists(url => !url.IsUnix) ? StreamStep.OfferOnUnix : StreamStep.Keep);
    }

    /// <summary>
    /// From this host to another machine: any hook becomes the node's HTTP hook, a unix stream is published over HTTP.
    /// (Go: ProxyExternal.)
    /// </summary>
    public static ProxyPlan Outward(Request request, Address externalHook, Reach reach) => new(
        request.ResponseHook.IsSome ? request with { ResponseHook = externalHook } : request,
        request.ResponseHook.Map(hook => new Route.Forward(hook, reach)),
        request.StreamUrl.Exists(url => url.IsUnix) ? StreamStep.PublishOverHttp : StreamStep.Keep);

    /// <summary>
    /// To another address on the word of a task URL: the answer comes back through this node whatever its hook was, and
    /// the task URL is used up.
    /// </summary>
    public static ProxyPlan PassOn(Request request, Address to, Address ownHook, Address externalHook, Reach reach)
    {
        var rest = request with { TaskUrl = None };
        return to.IsUnix
            ? Inward(rest, ownHook, reach) with
            {
                Request = rest.ResponseHook.IsSome ? rest with { ResponseHook = ownHook } : rest,
                Route = rest.ResponseHook.Map(hook => new Route.Forward(hook, reach)),
            }
            : Outward(rest, externalHook, reach);
    }

    /// <summary>
    /// What is to be done with the stream of an answer before it goes to a hook. One from outside is offered again by
    /// this node, which checks where it leads when it is opened.
    /// </summary>
    public static StreamStep AnswerStream(Response response, Origin origin, Address hook) => response.StreamUrl.Match(
        Some: stream =>
            stream.IsUnix && !hook.IsUnix ? StreamStep.PublishOverHttp
            : !stream.IsUnix && hook.IsUnix && origin is Origin.External ? StreamStep.OfferOnUnix
            : StreamStep.Keep,
        None: () => StreamStep.Keep);
}
