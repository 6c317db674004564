using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Domain;

/// <summary>
/// By what a handler's request is known to the one who may cancel it: the same user of this host, the hook that it came
/// with, and its id, since ids differ only among the requests of one hook. What came over HTTP, or without a hook, has
/// none: nobody can cancel it.
/// </summary>
public readonly record struct CallKey
{
    // Above all users that there are.
    private const long UnknownUser = 1L << 32;

    private readonly long user;
    private readonly Address hook;
    private readonly RequestId id;

    private CallKey(long user, Address hook, RequestId id) => (this.user, this.hook, this.id) = (user, hook, id);

    /// <summary>That of a request.</summary>
    public static Option<CallKey> Of(Request request, PeerIdentity from) =>
        request.ResponseHook.Case is Address hook ? Of(from, hook, request.Id) : None;

    /// <summary>That of the request which a cancellation means.</summary>
    public static Option<CallKey> Of(Cancellation cancellation, PeerIdentity from) => Of(from, cancellation.ResponseHook, cancellation.Id);

    /// <summary>Of little, since it is asked for each request: mostly it is the id that differs.</summary>
    public override int GetHashCode() => HashCode.Combine(user, id, hook?.Path);

    private static Option<CallKey> Of(PeerIdentity from, Address hook, RequestId id) => from switch
    {
        PeerIdentity.UnixProcess process => new CallKey(process.UserId, hook, id),
        PeerIdentity.LocalProcess => new CallKey(UnknownUser, hook, id),
        _ => Option<CallKey>.None,
    };
}
