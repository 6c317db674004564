using System.Diagnostics.CodeAnalysis;
using Acomm.Domain;

namespace Acomm.Effects;

/// <summary>An open request, and who waits for it.</summary>
internal readonly record struct OpenRequest(Entry Entry, Waiting Waiting) : IDue
{
    public Instant Deadline => Entry.Deadline;

    /// <summary>What a report says of it.</summary>
    public OutstandingRequest Outstanding => new(Entry.Handle, Waiting.Since, Entry.Deadline, Waiting.Subject, Waiting.Phase, Entry.Route is Route.Forward);
}

/// <summary>
/// The open requests by id: a dictionary in parts. One of a million entries would copy them all when it grows, and
/// whoever waits for the lock meanwhile would wait for that; a part is copied in a millisecond.
/// </summary>
internal sealed class OpenTable
{
    /// <summary>The number of parts.</summary>
    public const int Parts = 64;

    private readonly Dictionary<RequestId, LinkedListNode<OpenRequest>>[] parts = [.. Enumerable.Range(0, Parts).Select(_ => NewPart())];

    public int Count { get; private set; }

    public IEnumerable<Entry> Entries => parts.SelectMany(part => part.Values).Select(node => node.Value.Entry);

    /// <summary>Copies the places of a part, which is quick: to read what is at them would take many times as long.</summary>
    public int CopyPart(int part, ref LinkedListNode<OpenRequest>[] to)
    {
        var values = parts[part].Values;
        if (to.Length < values.Count)
            to = new LinkedListNode<OpenRequest>[values.Count * 5 / 4];
        values.CopyTo(to, 0);
        return values.Count;
    }

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
