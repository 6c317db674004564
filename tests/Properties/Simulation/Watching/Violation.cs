using System.Globalization;
using System.Runtime.CompilerServices;

namespace Acomm.Properties.Simulation;

/// <summary>What must hold in every run; the numbers are those of the tracker's invariants, where it is one of them.</summary>
internal enum Invariant
{
    ExactlyOnce = 1,
    RefusalIsInert = 2,
    Conservation = 3,
    InboundConservation = 4,
    Ownership = 5,
    OneEntryForAnId = 6,
    CompletionIsFinal = 7,
    RegisteredBeforeSent = 8,
    AcceptedCompletes = 9,
    DeadlineKept = 10,
    TieHasOneWinner = 11,
    Fidelity = 13,
    GoneBeforeItsHandler = 14,
    StopIsABarrier = 16,
    StopEnds = 17,
    NotSentMeansNoByte = 18,
    WithinTheLimits = 19,
    Codec = 20,
    GatheredNames = 22,
    OneHistory = 23,

    /// <summary>Nobody from outside answers a request without its token.</summary>
    NobodyForges = 31,

    /// <summary>When all is healed, all is answered, and every tracker drains.</summary>
    HealedIsServed = 32,

    /// <summary>Nothing in the core throws.</summary>
    Total = 33,

    /// <summary>No more are in a handler than its limit, nobody waits beside a free place, and the first come is the first served.</summary>
    HandlersHavePlaces = 34,
}

/// <summary>An invariant that does not hold. It ends the run.</summary>
internal sealed class Violation(Invariant invariant, string what) : Exception($"{invariant} ({(int)invariant}): {what}")
{
    public Invariant Invariant { get; } = invariant;

    /// <summary>Throws if it does not hold; what is said of it is only put together then.</summary>
    public static void Expect(bool holds, Invariant invariant, [InterpolatedStringHandlerArgument(nameof(holds))] Saying what)
    {
        if (!holds)
            throw new Violation(invariant, what.Text);
    }
}

/// <summary>What should have held, in words.</summary>
[InterpolatedStringHandler]
internal ref struct Saying
{
    private DefaultInterpolatedStringHandler text;

    public Saying(int literalLength, int formattedCount, bool holds, out bool wanted)
    {
        wanted = !holds;
        if (wanted)
            text = new DefaultInterpolatedStringHandler(literalLength, formattedCount, CultureInfo.InvariantCulture);
    }

    public string Text => text.ToString();

    public void AppendLiteral(string value) => text.AppendLiteral(value);

    public void AppendFormatted<T>(T value) => text.AppendFormatted(value);
}
