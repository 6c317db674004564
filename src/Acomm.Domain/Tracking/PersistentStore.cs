using LanguageExt;

namespace Acomm.Domain;

/// <summary>A store of persistent maps: each stays as it was, whatever becomes of it.</summary>
internal readonly record struct PersistentStore : ITrackerStore<PersistentStore>
{
    public PersistentStore() { }

    /// <summary>The open requests by id.</summary>
    public HashMap<EqRequestId, RequestId, Entry> Entries { get; private init; }

    public Deadlines Deadlines { get; private init; } = Deadlines.Empty;

    public Settled Settled { get; private init; } = Settled.Empty;

    public int Outstanding => Entries.Count;

    public Option<Entry> First => Deadlines.First.Bind(Entries.Find);

    /// <summary>The store with these requests open.</summary>
    public static PersistentStore Of(IEnumerable<Entry> entries, Settled settled) =>
        entries.Aggregate(new PersistentStore { Settled = settled }, (store, entry) => store.Add(entry));

    public Option<Entry> Find(RequestId id) => Entries.Find(id);

    public DropReason ReasonFor(RequestId id) => Settled.ReasonFor(id);

    public PersistentStore Add(Entry entry) => this with
    {
        Entries = Entries.Add(entry.Handle.Id, entry),
        Deadlines = Deadlines.Add(entry),
    };

    public PersistentStore Remove(Entry entry, DropReason reason, int generation) => this with
    {
        Entries = Entries.Remove(entry.Handle.Id),
        Deadlines = Deadlines.Remove(entry),
        Settled = Settled.Remember(entry.Handle.Id, reason, generation),
    };
}
