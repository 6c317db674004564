using System.Diagnostics.CodeAnalysis;
using Acomm.Domain;

namespace Acomm.Effects;

/// <summary>An open request, and who waits for it.</summary>
internal readonly record struct OpenRequest(Entry Entry, TaskCompletionSource<Completion> Waiting) : IDue
{
    public Instant Deadline => Entry.Deadline;
}

/// <summary>
/// The open requests by id: a dictionary in parts. One of a million entries would copy them all when it grows, and
/// whoever waits for the lock meanwhile would wait for that; a part is copied in a millisecond.
/// </summary>
internal sealed class OpenTable
{
    private const int Parts = 64;

    private readonly Dictionary<RequestId, LinkedListNode<OpenRequest>>[] parts = [.. Enumerable.Range(0, Parts).Select(_ => NewPart())];

    public int Count { get; private set; }

    public IEnumerable<Entry> Entries => parts.SelectMany(part => part.Values).Select(node => node.Value.Entry);

    public bool TryGet(RequestId id, [MaybeNullWhen(false)] out LinkedListNode<OpenRequest> node) => PartOf(id).TryGetValue(id, out node);

    public void Add(RequestId id, LinkedListNode<OpenRequest> node)
    {
        PartOf(id).Add(id, node);
        Count++;
    }

    /// <summary>Removes what is open, and gives its place.</summary>
    public LinkedListNode<OpenRequest> Remove(RequestId id)
    {
        PartOf(id).Remove(id, out var node);
        Count--;
        return node!;
    }

    private Dictionary<RequestId, LinkedListNode<OpenRequest>> PartOf(RequestId id) => parts[(uint)id.GetHashCode() % parts.Length];

    private static Dictionary<RequestId, LinkedListNode<OpenRequest>> NewPart() => [];
}
