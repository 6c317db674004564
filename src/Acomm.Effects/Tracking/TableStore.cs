using Acomm.Domain;
using LanguageExt;

namespace Acomm.Effects;

/// <summary>
/// The store of the running tracker: tables that change in place, so that a step costs no copies. For one thread at a
/// time. What it does the persistent store of the pure core does too, and is its measure.
/// </summary>
internal sealed class TableStore : ITrackerStore<TableStore>
{
    private readonly SplitTable<RequestId, LinkedListNode<Entry>> open = new();
    private readonly DueTable due = new();
    private readonly EndedTable ended = new();

    public int Outstanding => open.Count;

    public Option<Entry> First => due.First;

    /// <summary>All that is open, in the order of registration.</summary>
    public IEnumerable<Entry> Entries => open.Values.Select(node => node.Value).OrderBy(entry => entry.Handle.Number);

    /// <summary>How the last ones ended, the older generation first.</summary>
    public EndedTable Ended => ended;

    public Option<Entry> Find(RequestId id) => open.TryGet(id, out var node) ? node.Value : Option<Entry>.None;

    public DropReason ReasonFor(RequestId id) => ended.ReasonFor(id);

    public TableStore Add(Entry entry)
    {
        open.Add(entry.Handle.Id, due.Add(entry));
        return this;
    }

    public TableStore Remove(Entry entry, DropReason reason, int generation)
    {
        if (open.Remove(entry.Handle.Id, out var node))
            due.Remove(node);
        ended.Remember(entry.Handle.Id, reason, generation);
        return this;
    }
}
