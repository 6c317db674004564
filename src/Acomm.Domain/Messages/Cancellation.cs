namespace Acomm.Domain;

/// <summary>
/// Tells a receiver that nobody waits for the answer to a request any more. Only our own peers know it, and it is sent only
/// to those that are known to be such: on a unix connection that the peer has offered to keep, or over HTTP where it has said so.
/// </summary>
/// <param name="Id">The id of the request.</param>
/// <param name="ResponseHook">The hook that the request came with: ids differ only among the requests of one hook.</param>
public sealed record Cancellation(RequestId Id, Address ResponseHook);
