using LanguageExt;

namespace Acomm.Domain;

/// <summary>
/// Remembers how the last requests ended, to tell a duplicate or late response from an unknown one. It holds two
/// generations; when the younger is full, the elder is forgotten, so that memory is bounded and nothing is ever sorted.
/// An id that is used again is looked up only after it has ended again, and the younger end is found first.
/// </summary>
internal sealed record Settled
{
    public static readonly Settled Empty = new();

    private HashMap<EqRequestId, RequestId, DropReason> young;
    private HashMap<EqRequestId, RequestId, DropReason> old;

    private Settled() { }

    public static Settled Of(IEnumerable<KeyValuePair<RequestId, DropReason>> old, IEnumerable<KeyValuePair<RequestId, DropReason>> young) =>
        new() { old = MapOf(old), young = MapOf(young) };

    public int Count => young.Count + old.Count;

    /// <summary>What a response for the id is now.</summary>
    public DropReason ReasonFor(RequestId id) => (young.Find(id) | old.Find(id)).IfNone(DropReason.Unknown);

    public Settled Remember(RequestId id, DropReason reason, int generationSize) =>
        young.Count >= generationSize
            ? this with { old = young, young = HashMap<EqRequestId, RequestId, DropReason>.Empty.Add(id, reason) }
            : this with { young = young.AddOrUpdate(id, reason) };

    private static HashMap<EqRequestId, RequestId, DropReason> MapOf(IEnumerable<KeyValuePair<RequestId, DropReason>> reasons) =>
        HashMap<EqRequestId, RequestId, DropReason>.Empty.AddRange(reasons.Select(pair => (pair.Key, pair.Value)));
}
