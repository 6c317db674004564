using Acomm.Domain;
using LanguageExt;

namespace Acomm.Effects;

/// <summary>Something that is due at a time.</summary>
internal interface IDue
{
    /// <summary>When.</summary>
    Instant Deadline { get; }
}

/// <summary>
/// What is due when: a list for each deadline that there is, in the order in which it was added. The first is at hand;
/// adding and removing take the same time however many there are, and a search in the deadlines for a new or an emptied one.
/// </summary>
internal sealed class DueTable<T>
    where T : IDue
{
    private readonly Dictionary<Instant, LinkedList<T>> lists = [];
    private readonly SortedSet<Instant> deadlines = [];
    private LinkedList<T>? first;

    public Option<T> First => first is null ? Option<T>.None : first.First!.Value;

    /// <summary>Adds what is younger than all others, and gives its place.</summary>
    public LinkedListNode<T> Add(T younger)
    {
        var deadline = younger.Deadline;
        if (lists.TryGetValue(deadline, out var list))
            return list.AddLast(younger);
        lists.Add(deadline, list = []);
        var node = list.AddLast(younger);
        deadlines.Add(deadline);
        first = lists[deadlines.Min];
        return node;
    }

    /// <summary>Removes what is at a place.</summary>
    public void Remove(LinkedListNode<T> node)
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
