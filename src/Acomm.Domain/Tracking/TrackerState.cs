using LanguageExt;

namespace Acomm.Domain;

/// <summary>Where in its life a tracker is.</summary>
public enum TrackerPhase
{
    /// <summary>Not started yet.</summary>
    Created,

    /// <summary>Takes registrations.</summary>
    Running,

    /// <summary>Takes none, and waits for the open ones.</summary>
    Draining,

    /// <summary>Nothing is open; it may be started again.</summary>
    Stopped,
}

/// <summary>An open request. <paramref name="Deadline"/> is rounded up to the tick at which it expires.</summary>
public sealed record Entry(Handle Handle, Route Route, Option<Token> Token, TimeSpan Timeout, Instant Deadline);

/// <summary>What happened so far, counted. Nothing is in it twice.</summary>
public readonly record struct Tally
{
    /// <summary>Registrations that were admitted.</summary>
    public long Registered { get; init; }

    /// <summary>Registrations that were refused.</summary>
    public long Refused { get; init; }

    /// <summary>Completed by their response.</summary>
    public long Answered { get; init; }

    /// <summary>Completed by their deadline.</summary>
    public long TimedOut { get; init; }

    /// <summary>Given up by their callers.</summary>
    public long Cancelled { get; init; }

    /// <summary>Not sent, or refused by the receiver.</summary>
    public long Rejected { get; init; }

    /// <summary>Cut by the limit of a stop.</summary>
    public long Shutdown { get; init; }

    /// <summary>Responses to what was answered already.</summary>
    public long Duplicate { get; init; }

    /// <summary>Responses to what had timed out or was given up.</summary>
    public long Late { get; init; }

    /// <summary>Responses to nothing that is remembered.</summary>
    public long Unknown { get; init; }

    /// <summary>Responses from outside without the right token.</summary>
    public long Forbidden { get; init; }

    /// <summary>All completions.</summary>
    public long Completed => Answered + TimedOut + Cancelled + Rejected + Shutdown;

    /// <summary>All responses that were decoded.</summary>
    public long Responses => Answered + Duplicate + Late + Unknown + Forbidden;

    internal Tally Count(Completion completion) => completion switch
    {
        Completion.Answered => this with { Answered = Answered + 1 },
        Completion.TimedOut => this with { TimedOut = TimedOut + 1 },
        Completion.Cancelled => this with { Cancelled = Cancelled + 1 },
        Completion.Rejected => this with { Rejected = Rejected + 1 },
        _ => this with { Shutdown = Shutdown + 1 },
    };

    internal Tally Count(DropReason reason) => reason switch
    {
        DropReason.Duplicate => this with { Duplicate = Duplicate + 1 },
        DropReason.Late => this with { Late = Late + 1 },
        DropReason.Unknown => this with { Unknown = Unknown + 1 },
        _ => this with { Forbidden = Forbidden + 1 },
    };
}

/// <summary>All that a tracker knows, over a store of whatever kind.</summary>
public readonly record struct TrackerState<TStore>
    where TStore : ITrackerStore<TStore>
{
    /// <summary>A tracker before its start, with an empty store.</summary>
    public TrackerState(Limits limits, TStore store) => (Limits, Store) = (limits, store);

    /// <summary>The limits it keeps to.</summary>
    public Limits Limits { get; }

    /// <summary>What is open, and how the last ones ended.</summary>
    public TStore Store { get; init; }

    /// <summary>Where in its life it is.</summary>
    public TrackerPhase Phase { get; internal init; }

    /// <summary>What happened so far.</summary>
    public Tally Tally { get; internal init; }

    /// <summary>When a running stop cuts what is still open.</summary>
    public Option<Instant> StopDeadline { get; internal init; }

    internal long NextNumber { get; init; }

    internal long Cut { get; init; }
}

/// <summary>All that a tracker knows: data only, so that it prints, compares and replays.</summary>
public sealed record TrackerState
{
    internal TrackerState(TrackerState<PersistentStore> known) => Known = known;

    /// <summary>A tracker before its start.</summary>
    public static TrackerState Create(Limits limits) => new(new TrackerState<PersistentStore>(limits, new PersistentStore()));

    /// <summary>The state that knows the same as one over another store.</summary>
    /// <param name="state">What is known besides the store.</param>
    /// <param name="entries">The open requests, in the order of registration.</param>
    /// <param name="old">How the ids of the older generation ended.</param>
    /// <param name="young">How the ids of the younger generation ended.</param>
    public static TrackerState Of<TStore>(
        in TrackerState<TStore> state,
        IEnumerable<Entry> entries,
        IEnumerable<KeyValuePair<RequestId, DropReason>> old,
        IEnumerable<KeyValuePair<RequestId, DropReason>> young)
        where TStore : ITrackerStore<TStore> =>
        new(new TrackerState<PersistentStore>(state.Limits, PersistentStore.Of(entries, Settled.Of(old, young)))
        {
            Phase = state.Phase,
            Tally = state.Tally,
            StopDeadline = state.StopDeadline,
            NextNumber = state.NextNumber,
            Cut = state.Cut,
        });

    /// <summary>The limits it keeps to.</summary>
    public Limits Limits => Known.Limits;

    /// <summary>Where in its life it is.</summary>
    public TrackerPhase Phase => Known.Phase;

    /// <summary>The open requests by id.</summary>
    public HashMap<EqRequestId, RequestId, Entry> Entries => Known.Store.Entries;

    /// <summary>What happened so far.</summary>
    public Tally Tally => Known.Tally;

    /// <summary>When a running stop cuts what is still open.</summary>
    public Option<Instant> StopDeadline => Known.StopDeadline;

    /// <summary>Open requests.</summary>
    public int Outstanding => Known.Store.Outstanding;

    /// <summary>Armed deadlines; as many as there are open requests.</summary>
    public int ArmedDeadlines => Known.Store.Deadlines.Count;

    /// <summary>Completed ids that are remembered.</summary>
    public int RememberedIds => Known.Store.Settled.Count;

    internal TrackerState<PersistentStore> Known { get; }
}
