using LanguageExt;

namespace Acomm.Domain;

/// <summary>
/// What a document from another machine means on this one: where it says "localhost", it means the machine that it came
/// from. From this machine itself it is taken by its word.
/// </summary>
public static class FromOutside
{
    /// <summary>A request with its addresses as they are seen from here.</summary>
    public static Request SeenFromHere(Request request, IpAddress from) => request with
    {
        ResponseHook = Seen(request.ResponseHook, from),
        TaskUrl = Seen(request.TaskUrl, from),
        StreamUrl = Seen(request.StreamUrl, from),
    };

    /// <summary>A cancellation with its hook as it is seen from here.</summary>
    public static Cancellation SeenFromHere(Cancellation cancellation, IpAddress from) =>
        from.IsLoopback ? cancellation : cancellation with { ResponseHook = HostName.ReplaceLocal(cancellation.ResponseHook, from.ToString()) };

    /// <summary>
    /// A response with its stream as it is seen from here; <see cref="AcommError.AddressForbidden"/> if that is none of http(s).
    /// </summary>
    public static Either<AcommError, Response> SeenFromHere(Response response, IpAddress from, OutsidePolicy policy)
    {
        var reach = new Reach.Outside(from, policy);
        var seen = response with { StreamUrl = Seen(response.StreamUrl, from) };
        return seen.StreamUrl.Match(
            Some: url => reach.Check(url).Map(_ => seen),
            None: () => seen);
    }

    private static Option<Address> Seen(Option<Address> address, IpAddress from) =>
        from.IsLoopback ? address : address.Map(a => HostName.ReplaceLocal(a, from.ToString()));
}
