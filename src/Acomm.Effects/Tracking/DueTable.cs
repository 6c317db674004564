using Acomm.Domain;
using LanguageExt;

namespace Acomm.Effects;

/// <summary>
/// Which request is due when: a list for each deadline that there is, in the order of registration. The first is at hand;
/// adding and removing take the same time however many there are, and a search in the deadlines for a new or an emptied one.
/// </summary>
internal sealed class DueTable
{
    private readonly Dictionary<Instant, LinkedList<Entry>> lists = [];
    private readonly SortedSet<Instant> deadlines = [];
    private LinkedList<Entry>? first;

    public Option<Entry> First => first is null ? Option<Entry>.None : first.First!.Value;

    /// <summary>Adds a request that is younger than all others, and gives its place.</summary>
    public LinkedListNode<Entry> Add(Entry entry)
    {
        if (lists.TryGetValue(entry.Deadline, out var list))
            return list.AddLast(entry);
        lists.Add(entry.Deadline, list = []);
        var node = list.AddLast(entry);
        deadlines.Add(entry.Deadline);
        first = lists[deadlines.Min];
        return node;
    }

    /// <summary>Removes what is at a place.</summary>
    public void Remove(LinkedListNode<Entry> node)
    {
        var list = node.List!;
        list.Remove(node);
        if (list.Count > 0)
            return;
        lists.Remove(node.Value.Deadline);
        deadlines.Remove(node.Value.Deadline);
        first = deadlines.Count > 0 ? lists[deadlines.Min] : null;
    }
}
