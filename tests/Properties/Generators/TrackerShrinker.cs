using Acomm.Domain;

namespace Acomm.Properties.Generators;

/// <summary>Makes a script that fails shorter, then plainer: fewer moves, no waiting, wide limits, the first id.</summary>
internal static class TrackerShrinker
{
    private static readonly TimeSpan PlainTimeout = TrackerWords.Tick;

    public static IEnumerable<Script> Shrink(Script script) =>
        Shrinking.Shorter(script.Moves).Select(moves => script with { Moves = moves })
            .Concat(Plainer(script))
            .Concat(script.Moves.SelectMany((move, i) => Plainer(move).Select(m => script with { Moves = Shrinking.Replaced(script.Moves, i, m) })));

    private static IEnumerable<Script> Plainer(Script script)
    {
        if (script.OriginTicks != 0)
            yield return script with { OriginTicks = 0 };
        if (script.Outstanding < 1_000)
            yield return script with { Outstanding = 1_000 };
        if (script.ExpiriesPerStep < 1_000)
            yield return script with { ExpiriesPerStep = 1_000 };
        if (script.RememberedIds < 1_000)
            yield return script with { RememberedIds = 1_000 };
    }

    /// <summary>The same move, plainer.</summary>
    internal static IEnumerable<Move> Plainer(Move move)
    {
        if (move.After != default)
            yield return move with { After = default };
        var plain = move switch
        {
            Move.Register register => register with { Id = 0, Timeout = PlainTimeout, Forwarded = false, Secret = Secret.None },
            Move.Respond respond => respond with { Id = 0, Sender = Sender.OwnSocket, Payload = 0 },
            Move.SendFailed failed => failed with { Nth = 0, Delivery = Delivery.NotSent },
            Move.Cancel cancel => cancel with { Nth = 0 },
            Move.Stop stop => stop with { Limit = null },
            _ => move,
        };
        if (plain != move)
            yield return plain;
        switch (move)
        {
            case Move.Register { Id: not 0 } register:
                yield return register with { Id = 0 };
                break;
            case Move.Register { Forwarded: true } register:
                yield return register with { Forwarded = false };
                break;
            case Move.Register register when register.Timeout != PlainTimeout:
                yield return register with { Timeout = PlainTimeout };
                break;
            case Move.Respond { Id: not 0 } respond:
                yield return respond with { Id = 0 };
                break;
        }
    }
}
