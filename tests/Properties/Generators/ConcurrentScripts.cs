using Acomm.Domain;
using FsCheck;
using FsCheck.Fluent;

namespace Acomm.Properties.Generators;

/// <summary>Moves of several threads on one tracker, the limits it has, and the seed of the order in which the threads go on.</summary>
public sealed record ConcurrentScript(int Seed, int Outstanding, int ExpiriesPerStep, IReadOnlyList<IReadOnlyList<Move>> Threads)
{
    /// <summary>The limits of the tracker that plays it.</summary>
    public Limits Limits => Limits.Default with { Outstanding = Outstanding, ExpiriesPerStep = ExpiriesPerStep };

    /// <summary>One move a line, thread by thread.</summary>
    public override string ToString() =>
        $"order {Seed}, at most {Outstanding} open, {ExpiriesPerStep} expiries a step"
            + string.Concat(Threads.Select((moves, i) => $"\n thread {i + 1}" + string.Concat(moves.Select(m => $"\n  {m}"))));
}

/// <summary>Short scripts for a few threads: long enough to meet, short enough that every order can be tried.</summary>
public static class ConcurrentScripts
{
    private const int LongestMoves = 6;

    /// <summary>The generator with its shrinker, as FsCheck finds it by type.</summary>
    public static Arbitrary<ConcurrentScript> Script() => Arb.From(Scripts, Shrink);

    /// <summary>The generator alone.</summary>
    public static Gen<ConcurrentScript> Scripts =>
        from seed in Gen.Choose(0, int.MaxValue)
        from outstanding in Gen.Elements(1, 2, 1_000)
        from expiries in Gen.Elements(1, 1_000)
        from threads in Gen.Choose(3, 4)
        from moves in (from length in Gen.Choose(3, LongestMoves) from moves in Moves.ListOf(length) select (IReadOnlyList<Move>)moves).ListOf(threads)
        select new ConcurrentScript(seed, outstanding, expiries, moves);

    private static Gen<Move> Moves =>
        from move in Gen.Frequency(
            (8, TrackerScripts.Register),
            (6, TrackerScripts.Respond),
            (3, Gen.Choose(0, 3).Select(Move (n) => new Move.Cancel(n))),
            (2, from n in Gen.Choose(0, 3) from d in Gen.Elements(Enum.GetValues<Delivery>()) select (Move)new Move.SendFailed(n, d)),
            (6, from pace in TrackerScripts.Paces select (Move)new Move.Pass { After = pace }),
            (3, TrackerScripts.Stop),
            (4, Gen.Constant<Move>(new Move.Start())))
        select move;

    private static IEnumerable<ConcurrentScript> Shrink(ConcurrentScript script) => script.Threads
        .SelectMany((moves, i) => Shrinking.Shorter(moves)
            .Concat(moves.SelectMany((move, j) => TrackerShrinker.Plainer(move).Select(plain => Shrinking.Replaced(moves, j, plain))))
            .Select(other => script with { Threads = Shrinking.Replaced(script.Threads, i, other) }));
}
