using Acomm.Domain;
using Acomm.Properties.Tracking;
using LanguageExt;

namespace Acomm.Properties.Running.Concurrency;

/// <summary>What a thread asked for.</summary>
internal abstract record Call
{
    private Call() { }

    /// <summary>An input, as it is but for its time.</summary>
    public sealed record Input(TrackerInput Value) : Call
    {
        public override string ToString() => Value.ToString().Replace("At = Instant { Ticks = 0 }, ", "", StringComparison.Ordinal);
    }

    /// <summary>Gives up what an earlier operation registered.</summary>
    public sealed record Cancel(int Registration) : Call;

    /// <summary>Says that the request of an earlier operation could not be sent.</summary>
    public sealed record SendFailed(int Registration, AcommError Error) : Call;

    /// <summary>Moves the clock.</summary>
    public sealed record Advance(TimeSpan By) : Call;

    /// <summary>Looks at the state.</summary>
    public sealed record Look : Call;
}

/// <summary>What it got, as far as there was something to be got.</summary>
internal sealed record Answered
{
    public Option<Acknowledgement> Acknowledged { get; init; }

    public Option<Observed> Seen { get; init; }

    /// <summary>How the registration ended, for one that registers.</summary>
    public Option<Either<AcommError, Response>> Outcome { get; init; }

    /// <summary>How many the stop cut, for one that stops.</summary>
    public Option<long> Cut { get; init; }

    /// <summary>Whether outcome or cut were there when the operation returned; else they came later.</summary>
    public bool IsAtOnce { get; init; }

    public override string ToString() => string.Join(", ", new[]
    {
        Acknowledged.Map(a => a.ToString()),
        Seen.Map(s => $"{s.Phase}, {s.Outstanding} open, next deadline {s.NextDeadline}, {s.Tally}"),
        Outcome.Map(o => o.ToString()),
        Cut.Map(c => $"{c} cut"),
        IsAtOnce ? "at once" : Option<string>.None,
    }.Somes());
}

/// <summary>One call in a history, with the moments between which it took effect: the stamps of one counter for all threads.</summary>
internal sealed record Operation(int Number, int Thread, Call Call, long Invoked, long Returned, Answered Answer)
{
    public override string ToString() => $"[{Invoked,2}..{Returned,2}] thread {Thread} #{Number} {Call} -> {Answer}";
}
