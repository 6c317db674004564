using Acomm.Domain;
using LanguageExt;

namespace Acomm.Effects;

/// <summary>
/// Which request is due when: a list for each deadline that there is, in the order of registration. The first is at hand;
/// adding and removing take the same time however many there are, and a search in the deadlines for a new or an emptied one.
/// </summary>
internal sealed class DueTable
{
    private readonly Dictionary<Instant, LinkedList<OpenRequest>> lists = [];
    private readonly SortedSet<Instant> deadlines = [];
    private LinkedList<OpenRequest>? first;

    public Option<Entry> First => first is null ? Option<Entry>.None : first.First!.Value.Entry;

    /// <summary>Adds a request that is younger than all others, and gives its place.</summary>
    public LinkedListNode<OpenRequest> Add(OpenRequest request)
    {
        if (lists.TryGetValue(request.Entry.Deadline, out var list))
            return list.AddLast(request);
        lists.Add(request.Entry.Deadline, list = []);
        var node = list.AddLast(request);
        deadlines.Add(request.Entry.Deadline);
        first = lists[deadlines.Min];
        return node;
    }

    /// <summary>Removes what is at a place.</summary>
    public void Remove(LinkedListNode<OpenRequest> node)
    {
        var list = node.List!;
        list.Remove(node);
        if (list.Count > 0)
            return;
        lists.Remove(node.Value.Entry.Deadline);
        deadlines.Remove(node.Value.Entry.Deadline);
        first = deadlines.Count > 0 ? lists[deadlines.Min] : null;
    }
}
