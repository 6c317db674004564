using Acomm.Domain;

namespace Acomm.Properties.Simulation;

/// <summary>What can go wrong in a run.</summary>
internal enum Fault
{
    /// <summary>From some byte on nothing arrives any more.</summary>
    Lose,

    /// <summary>A document arrives a second time.</summary>
    Repeat,

    /// <summary>A document is overtaken by later ones.</summary>
    Reorder,

    /// <summary>A document takes seconds.</summary>
    Delay,

    /// <summary>A document arrives in pieces.</summary>
    Split,

    /// <summary>The connection ends within the document.</summary>
    Reset,

    /// <summary>The connection ends within the acknowledgement.</summary>
    CutAck,

    /// <summary>Connecting fails.</summary>
    Refuse,

    /// <summary>The queue of connections is full.</summary>
    Overload,

    /// <summary>Two hosts lose sight of each other.</summary>
    Partition,

    /// <summary>A timer fires late, as where a process was stopped for a while.</summary>
    LateTimer,

    /// <summary>A timer fires before anything is due.</summary>
    EarlyTimer,

    /// <summary>A process dies, and another takes its place.</summary>
    Crash,

    /// <summary>A node is stopped, and started again.</summary>
    Stop,

    /// <summary>A stranger sends what is no document.</summary>
    Garbage,

    /// <summary>A stranger answers a request that was not meant for it.</summary>
    Forge,

    /// <summary>A handler throws.</summary>
    Throw,

    /// <summary>A worker works long, and never answers.</summary>
    Mute,

    /// <summary>A worker answers late.</summary>
    AnswerLate,

    /// <summary>A worker answers twice.</summary>
    AnswerTwice,
}

/// <summary>A run as its seed has it: how large the world is, and how often what goes wrong. Many faults are off entirely.</summary>
internal sealed record Plan(int Hosts, int NodesPerHost, int Ids, int Steps, int GapMillis, bool OpenPolicy, Limits Limits, IReadOnlyList<int> PerMille)
{
    public static readonly IReadOnlyList<Fault> Faults = Enum.GetValues<Fault>();

    /// <summary>The faults as the history calls them.</summary>
    public static readonly IReadOnlyList<string> Names = [.. Faults.Select(f => $"fault: {f}")];

    public static Plan From(Draw draw) => new(
        Hosts: draw.Between(1, 3),
        NodesPerHost: draw.Between(1, 3),
        Ids: draw.Of(5, 30, 200),
        Steps: draw.Between(2000, 2600),
        GapMillis: draw.Of(2, 10, 40),
        OpenPolicy: draw.Chance(500),
        Limits: new Limits
        {
            Outstanding = draw.Of(3, 25, 1_000_000),
            RememberedIds = draw.Of(1, 4, 16_384),
            ExpiriesPerStep = draw.Of(1, 3, 1_024),
            RequestTimeout = TimeSpan.FromMilliseconds(draw.Between(1, 30) * 500),
            FrameBytes = draw.Of(2_000, 1 << 20),
            HandlersPerTask = draw.Of(3, 30, 256),
            HandlersWaitingPerTask = draw.Of(1, 16_384),
        },
        PerMille: Faults.Select(fault => draw.Chance(400) ? 0 : draw.From(RatesOf(fault))).ToList());

    public OutsidePolicy Policy => OpenPolicy
        ? new OutsidePolicy { AllowedNetworks = IpNetwork.Parse("10.0.0.0/8").ToSeq() }
        : OutsidePolicy.Default;

    public override string ToString() =>
        $"{Hosts} hosts with {NodesPerHost} nodes each, {Ids} ids, {Steps} steps before healing, {GapMillis} ms between acts, "
        + $"{(OpenPolicy ? "anybody may name any node" : "callers may name their own machine")}; "
        + $"outstanding {Limits.Outstanding}, remembered ids {Limits.RememberedIds}, expiries per step {Limits.ExpiriesPerStep}, "
        + $"request timeout {Limits.RequestTimeout.TotalMilliseconds} ms, frame {Limits.FrameBytes} bytes, "
        + $"handlers {Limits.HandlersPerTask}, waiting for them {Limits.HandlersWaitingPerTask}; faults per mille: "
        + string.Join(", ", Faults.Where(f => PerMille[(int)f] > 0).Select(f => $"{f} {PerMille[(int)f]}").DefaultIfEmpty("none"));

    // What strikes a whole node or host is rarer than what strikes one connection.
    private static int[] RatesOf(Fault fault) => fault switch
    {
        Fault.Partition or Fault.Crash or Fault.Stop => [3, 10, 30],
        Fault.Garbage or Fault.Forge => [20, 60, 120],
        Fault.Split => [200, 500, 900],
        _ => [10, 50, 200],
    };
}
