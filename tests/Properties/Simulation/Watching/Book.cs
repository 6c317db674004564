using Acomm.Domain;
using LanguageExt;

namespace Acomm.Properties.Simulation;

/// <summary>An open request as whoever watches a tracker has written it down.</summary>
internal sealed record Open(Handle Handle, Instant Due, Route Route, Option<Token> Token);

/// <summary>
/// What a tracker must hold, written down from its inputs and outputs alone: what is open, by id and by deadline, how what
/// is no longer open ended, and how often what happened. Every step costs the same, however much is open.
/// </summary>
internal sealed class Book(Limits limits)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    private readonly Dictionary<string, Open> open = new(StringComparer.Ordinal);
    private readonly SortedSet<(long Due, long Number)> due = [];
    private readonly Dictionary<long, Open> byNumber = [];
    private readonly Dictionary<string, (Open Entry, DropReason Reason, long Completed)> ended = new(StringComparer.Ordinal);
    private readonly System.Collections.Generic.HashSet<(string Id, Token Token)> tokens = [];

    public Tally Tally { get; private set; } = new();

    public long Fresh { get; private set; }

    public int Count => open.Count;

    public IEnumerable<Open> All => open.Values;

    /// <summary>The one that expires next: the earliest tick, and of that the first that was registered.</summary>
    public Open? Next => due.Count == 0 ? null : byNumber[due.Min.Number];

    public Open? Of(RequestId id) => open.GetValueOrDefault(id.Value);

    public Open? Of(Handle handle) => byNumber.GetValueOrDefault(handle.Number) is { } entry && entry.Handle == handle ? entry : null;

    /// <summary>Whether this is the token of a request that had the id and is over.</summary>
    public bool WasOnceOf(RequestId id, Option<Token> token) => token.Exists(t => tokens.Contains((id.Value, t)));

    /// <summary>What is broken where something is completed that is not open.</summary>
    public Invariant WhyNotOpen(Handle handle, Instant now) =>
        handle.Number >= Fresh ? Invariant.Ownership
        : ended.TryGetValue(handle.Id.Value, out var last) && last.Entry.Handle == handle && last.Entry.Due <= now ? Invariant.TieHasOneWinner
        : Invariant.ExactlyOnce;

    /// <summary>The tick that a deadline falls into, so that nothing is early.</summary>
    public static Instant DueAt(Instant at, TimeSpan timeout)
    {
        var ticks = (at + timeout).Ticks;
        return new Instant((ticks + Tick.Ticks - 1) / Tick.Ticks * Tick.Ticks);
    }

    public void Register(Open entry)
    {
        open.Add(entry.Handle.Id.Value, entry);
        byNumber.Add(entry.Handle.Number, entry);
        due.Add((entry.Due.Ticks, entry.Handle.Number));
        Fresh = entry.Handle.Number + 1;
        Tally = Tally with { Registered = Tally.Registered + 1 };
    }

    public void Refuse() => Tally = Tally with { Refused = Tally.Refused + 1 };

    public void Complete(Open entry, Completion completion)
    {
        open.Remove(entry.Handle.Id.Value);
        byNumber.Remove(entry.Handle.Number);
        due.Remove((entry.Due.Ticks, entry.Handle.Number));
        entry.Token.IfSome(token => tokens.Add((entry.Handle.Id.Value, token)));
        Tally = completion switch
        {
            Completion.Answered => Tally with { Answered = Tally.Answered + 1 },
            Completion.TimedOut => Tally with { TimedOut = Tally.TimedOut + 1 },
            Completion.Cancelled => Tally with { Cancelled = Tally.Cancelled + 1 },
            Completion.Rejected => Tally with { Rejected = Tally.Rejected + 1 },
            _ => Tally with { Shutdown = Tally.Shutdown + 1 },
        };
        ended[entry.Handle.Id.Value] = (entry, completion is Completion.Answered ? DropReason.Duplicate : DropReason.Late, Tally.Completed);
    }

    public void Drop(DropReason reason) => Tally = reason switch
    {
        DropReason.Duplicate => Tally with { Duplicate = Tally.Duplicate + 1 },
        DropReason.Late => Tally with { Late = Tally.Late + 1 },
        DropReason.Unknown => Tally with { Unknown = Tally.Unknown + 1 },
        _ => Tally with { Forbidden = Tally.Forbidden + 1 },
    };

    /// <summary>Whether a response for an id that is not open may be dropped so: forgetting is allowed, but not too soon.</summary>
    public bool MayDrop(RequestId id, DropReason reason)
    {
        if (!ended.TryGetValue(id.Value, out var last))
            return reason == DropReason.Unknown;
        var since = Tally.Completed - last.Completed;
        return reason == last.Reason || (reason == DropReason.Unknown && since >= limits.RememberedIds);
    }
}
