using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Domain;

/// <summary>
/// By what a request is known to the one who may cancel it: the same user of this host, the hook that it came with, and its
/// id, since ids differ only among the requests of one hook. Over HTTP it is who knows the hook, whose token only its two
/// ends know. What came without a hook has none: nobody can cancel it.
/// </summary>
public readonly record struct CallKey
{
    // Above all users that there are.
    private const long UnknownUser = 1L << 32;
    private const long KnowsHook = UnknownUser + 1;

    private readonly long user;
    private readonly Address hook;
    private readonly RequestId id;

    private CallKey(long user, Address hook, RequestId id) => (this.user, this.hook, this.id) = (user, hook, id);

    /// <summary>That of a request, by the hook that it came with.</summary>
    public static Option<CallKey> Of(RequestId id, Option<Address> hook, PeerIdentity from) =>
        hook.Case is Address address ? Of(from, address, id) : None;

    /// <summary>That of the request which a cancellation means.</summary>
    public static CallKey Of(Cancellation cancellation, PeerIdentity from) => Of(from, cancellation.ResponseHook, cancellation.Id);

    /// <summary>Of little, since it is asked for each request: mostly it is the id that differs.</summary>
    public override int GetHashCode() => HashCode.Combine(user, id, hook?.Path);

    private static CallKey Of(PeerIdentity from, Address hook, RequestId id) => from switch
    {
        PeerIdentity.UnixProcess process => new CallKey(process.UserId, hook, id),
        PeerIdentity.HttpAddress => new CallKey(KnowsHook, hook, id),
        _ => new CallKey(UnknownUser, hook, id),
    };
}
