using Acomm.Domain;
using LanguageExt;

namespace Acomm.Effects;

/// <summary>
/// The store of the running tracker: tables that change in place, so that a step costs no copies. For one thread at a
/// time. What it does the persistent store of the pure core does too, and is its measure. It also keeps who waits for
/// what is open, of which the rules know nothing.
/// </summary>
public sealed class TableStore : ITrackerStore<TableStore>
{
    private readonly OpenTable open = new();
    private readonly DueTable<OpenRequest> due = new();
    private readonly EndedTable ended = new();
    private readonly Queue<Waiting> left = new();
    private Waiting? newest;

    /// <inheritdoc/>
    public int Outstanding => open.Count;

    /// <inheritdoc/>
    public Option<Entry> First => due.First.Map(static request => request.Entry);

    /// <summary>Who waits for the request that was added last.</summary>
    internal Waiting Newest => newest!;

    /// <summary>The open requests by id.</summary>
    internal OpenTable Open => open;

    /// <summary>The state that knows the same and changes no more: a copy of all that is open and remembered.</summary>
    public static TrackerState Copied(in TrackerState<TableStore> state) => TrackerState.Of(
        state,
        state.Store.open.Entries.OrderBy(entry => entry.Handle.Number),
        state.Store.ended.Old,
        state.Store.ended.Young);

    /// <inheritdoc/>
    public Option<Entry> Find(RequestId id) => open.TryGet(id, out var node) ? node.Value.Entry : Option<Entry>.None;

    /// <inheritdoc/>
    public DropReason ReasonFor(RequestId id) => ended.ReasonFor(id);

    /// <inheritdoc/>
    public TableStore Add(Entry entry)
    {
        newest = new Waiting();
        open.Add(entry.Handle.Id, due.Add(new OpenRequest(entry, newest)));
        return this;
    }

    /// <inheritdoc/>
    public TableStore Remove(Entry entry, DropReason reason, int generation)
    {
        var node = open.Remove(entry.Handle.Id);
        due.Remove(node);
        left.Enqueue(node.Value.Waiting);
        ended.Remember(entry.Handle.Id, reason, generation);
        return this;
    }

    /// <summary>Who waits for the requests that were removed: one after the other, as they were.</summary>
    internal Waiting NextLeft() => left.Dequeue();
}
