namespace Acomm.Domain;

/// <summary>
/// Tells a receiver that nobody waits for the answer to a request any more. Only our own peers know it, and it is sent on
/// connections that such a peer has offered to keep.
/// </summary>
/// <param name="Id">The id of the request.</param>
/// <param name="ResponseHook">The hook that the request came with: ids differ only among the requests of one hook.</param>
public sealed record Cancellation(RequestId Id, Address ResponseHook);
