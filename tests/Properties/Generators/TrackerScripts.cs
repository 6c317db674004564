using Acomm.Domain;
using FsCheck;
using FsCheck.Fluent;

namespace Acomm.Properties.Generators;

/// <summary>Scripts for a tracker, bent towards the corners: ids that meet, times at a deadline, limits that are reached.</summary>
public static class TrackerScripts
{
    private const int LongestMoves = 40;

    /// <summary>The generator with its shrinker, as FsCheck finds it by type.</summary>
    public static Arbitrary<Script> Script() => Arb.From(Scripts, TrackerShrinker.Shrink);

    /// <summary>The generator alone.</summary>
    public static Gen<Script> Scripts =>
        from origin in Gen.Frequency((4, Gen.Constant(0L)), (1, Gen.Elements(3L, 99_999L, -250_001L, -100_000L)))
        from outstanding in Gen.Frequency((3, Gen.Elements(1, 2, 3)), (2, Gen.Constant(1_000)))
        from expiries in Gen.Elements(1, 2, 1_000)
        from remembered in Gen.Elements(1, 2, 1_000)
        from started in Gen.Frequency((19, Gen.Constant(true)), (1, Gen.Constant(false)))
        from length in Gen.Choose(0, LongestMoves)
        from moves in Moves.ListOf(length)
        select new Script(origin, outstanding, expiries, remembered, started ? [new Move.Start(), .. moves] : moves);

    private static Gen<Move> Moves =>
        from move in Gen.Frequency(
            (9, Register),
            (6, Respond),
            (4, Gen.Choose(0, 6).Select(Move (n) => new Move.Cancel(n))),
            (3, from n in Gen.Choose(0, 6) from d in Gen.Elements(Enum.GetValues<Delivery>()) select (Move)new Move.SendFailed(n, d)),
            (5, Gen.Constant<Move>(new Move.Pass())),
            (1, Stop),
            (1, Gen.Constant<Move>(new Move.Start())))
        from pace in Paces
        select move with { After = pace };

    /// <summary>Registrations: few ids, timeouts about the ticks, and some that are refused.</summary>
    internal static Gen<Move> Register =>
        from id in Gen.Choose(0, TrackerWords.Ids - 1)
        from timeout in Gen.Frequency(
            (20, Gen.Elements(1L, 99_999, 100_000, 100_001, 150_000, 200_000, 250_000, 500_000)),
            (2, Gen.Elements(10_000_000, Limits.RequestTimeoutCeiling.Ticks)),
            (1, Gen.Elements(0, -1, long.MinValue, long.MaxValue, Limits.RequestTimeoutCeiling.Ticks + 1)))
        from forwarded in Gen.Elements(false, true)
        from secret in Gen.Elements(Secret.None, Secret.A, Secret.A, Secret.B)
        select (Move)new Move.Register(id, new TimeSpan(timeout), forwarded, secret);

    /// <summary>Responses from anywhere.</summary>
    internal static Gen<Move> Respond =>
        from id in Gen.Choose(0, TrackerWords.Ids - 1)
        from sender in Gen.Elements(Sender.OwnSocket, Sender.OwnSocket, Sender.WithoutToken, Sender.WithA, Sender.WithA, Sender.WithB)
        from payload in Gen.Choose(0, 99)
        select (Move)new Move.Respond(id, sender, payload);

    /// <summary>Stops with and without a limit.</summary>
    internal static Gen<Move> Stop =>
        Gen.Frequency(
                (1, Gen.Constant<TimeSpan?>(null)),
                (3, Gen.Elements(0L, 1, 50_000, 100_000, 300_000, -5, long.MinValue, long.MaxValue).Select(t => (TimeSpan?)new TimeSpan(t))))
            .Select(Move (limit) => new Move.Stop(limit));

    /// <summary>No time, some, and about as much as is needed to the next deadline.</summary>
    internal static Gen<Pace> Paces => Gen.Frequency(
        (6, Gen.Constant(default(Pace))),
        (3, Gen.Elements(1L, 9_999, 50_000, 100_000, 123_456).Select(t => Pace.For(new TimeSpan(t)))),
        (4, Gen.Frequency((2, Gen.Constant(0L)), (1, Gen.Elements(-100_000L, -99_999, -1, 1))).Select(Pace.ToDue)));
}
