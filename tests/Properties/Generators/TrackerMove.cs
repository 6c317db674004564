using Acomm.Domain;

namespace Acomm.Properties.Generators;

/// <summary>What a registration asks of an answer from outside.</summary>
public enum Secret
{
    None,
    A,
    B,
}

/// <summary>Who answers, and what he shows.</summary>
public enum Sender
{
    OwnSocket,
    WithoutToken,
    WithA,
    WithB,
}

/// <summary>How much time passes before a move: so many ticks of 100 ns, from now or from the next deadline on.</summary>
public readonly record struct Pace(bool ToDeadline, long Ticks)
{
    /// <summary>A duration from now.</summary>
    public static Pace For(TimeSpan duration) => new(false, duration.Ticks);

    /// <summary>Until the next deadline, or so many ticks about it; nowhere if that is over or nothing is open.</summary>
    public static Pace ToDue(long offset) => new(true, offset);

    /// <inheritdoc/>
    public override string ToString() => ToDeadline ? $"at the deadline {Ticks:+0;-0;+0}" : $"after {Ticks}";
}

/// <summary>
/// An input to a tracker as a script has it: small numbers in place of ids, and "the n-th that was admitted" in place of
/// a handle, so that the moves left by shrinking still mean something.
/// </summary>
public abstract record Move
{
    private Move() { }

    /// <summary>How long after the move before.</summary>
    public Pace After { get; init; }

    /// <summary>Start.</summary>
    public sealed record Start : Move;

    /// <summary>Register.</summary>
    public sealed record Register(int Id, TimeSpan Timeout, bool Forwarded, Secret Secret) : Move;

    /// <summary>Respond.</summary>
    public sealed record Respond(int Id, Sender Sender, int Payload) : Move;

    /// <summary>The n-th admitted could not be sent.</summary>
    public sealed record SendFailed(int Nth, Delivery Delivery) : Move;

    /// <summary>The n-th admitted is given up.</summary>
    public sealed record Cancel(int Nth) : Move;

    /// <summary>Time passed.</summary>
    public sealed record Pass : Move;

    /// <summary>Stop.</summary>
    public sealed record Stop(TimeSpan? Limit) : Move;
}

/// <summary>Limits and moves of one game.</summary>
public sealed record Script(long OriginTicks, int Outstanding, int ExpiriesPerStep, int RememberedIds, IReadOnlyList<Move> Moves)
{
    /// <summary>The limits of the tracker that plays it.</summary>
    public Limits Limits => Limits.Default with
    {
        Outstanding = Outstanding,
        ExpiriesPerStep = ExpiriesPerStep,
        RememberedIds = RememberedIds,
    };

    /// <summary>One move a line, as a failing test shows it.</summary>
    public override string ToString() => string.Join(
        "\n  ",
        Moves.Select(m => m.ToString()).Prepend(
            $"from {OriginTicks}, at most {Outstanding} open, {ExpiriesPerStep} expiries a step, {RememberedIds} remembered"));
}
