using LanguageExt;

namespace Acomm.Domain;

/// <summary>
/// What the rules of <see cref="Tracker"/> look up and change: the open requests, by id and by deadline, and how the last
/// ones ended. A change gives the store to go on with. The rules use no store that they have changed, so that one may
/// stay as it was, and another may change in place.
/// </summary>
/// <typeparam name="TStore">The store itself.</typeparam>
public interface ITrackerStore<TStore>
    where TStore : ITrackerStore<TStore>
{
    /// <summary>Open requests.</summary>
    int Outstanding { get; }

    /// <summary>The open request that is due first, of those that are due together the one that was registered first.</summary>
    Option<Entry> First { get; }

    /// <summary>The open request with an id.</summary>
    Option<Entry> Find(RequestId id);

    /// <summary>What a response is for an id that is not open.</summary>
    DropReason ReasonFor(RequestId id);

    /// <summary>With a request more, whose id is not open and whose number is higher than any before.</summary>
    TStore Add(Entry entry);

    /// <summary>
    /// Without a request that is open. What a response to it is from now on is remembered; when there are
    /// <paramref name="generation"/> ids more than in the generation before, those of that are forgotten.
    /// </summary>
    TStore Remove(Entry entry, DropReason reason, int generation);
}
