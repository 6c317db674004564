using Acomm.Domain;

namespace Acomm.Effects;

/// <summary>How the last requests ended, in two generations; when the younger is full, the elder is forgotten as a whole.</summary>
internal sealed class EndedTable
{
    private Dictionary<RequestId, DropReason> young = [];
    private Dictionary<RequestId, DropReason> old = [];

    /// <summary>The older generation.</summary>
    public IReadOnlyDictionary<RequestId, DropReason> Old => old;

    /// <summary>The younger generation.</summary>
    public IReadOnlyDictionary<RequestId, DropReason> Young => young;

    /// <summary>What a response for the id is now.</summary>
    public DropReason ReasonFor(RequestId id) =>
        young.TryGetValue(id, out var reason) || old.TryGetValue(id, out reason) ? reason : DropReason.Unknown;

    public void Remember(RequestId id, DropReason reason, int generation)
    {
        if (young.Count >= generation)
        {
            (young, old) = (old, young);
            young.Clear();
        }

        young[id] = reason;
    }
}
