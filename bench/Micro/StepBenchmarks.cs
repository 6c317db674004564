using Acomm.Domain;
using BenchmarkDotNet.Attributes;
using LanguageExt;

namespace Acomm.Bench.Micro;

/// <summary>One step of the pure core on a state with so many open requests. The state stays as it is.</summary>
public class StepBenchmarks
{
    // Another place in memory each time: as it is with a million requests, and not as it is with one that is always cached.
    private const int Stride = 7_919;

    private TrackerState state = null!;
    private TrackerInput.Register[] registers = [];
    private TrackerInput.Respond[] responds = [];
    private TrackerInput.TimePassed timePassed = null!;
    private int next;

    /// <summary>Open requests.</summary>
    [Params(1_000, 10_000, 100_000, 1_000_000)]
    public int Outstanding { get; set; }

    /// <summary>Makes the state: a thousand due in each tick, and one that is due first.</summary>
    [GlobalSetup]
    public void Setup()
    {
        state = Tracker.Step(TrackerState.Create(Known.Limits), new TrackerInput.Start { At = default }).State;
        var ids = Known.Ids(Outstanding);
        for (var i = 0; i < Outstanding; i++)
            state = Tracker.Step(state, Register(ids[i], Known.Long + TimeSpan.FromMilliseconds(i / 1_000 * 10))).State;
        state = Tracker.Step(state, Register(Known.NewId(), TimeSpan.FromSeconds(1))).State;
        registers = [.. Known.Ids(Math.Min(Outstanding, 10_000)).Select(id => Register(id, Known.Long))];
        responds = [.. ids.Select(id => new TrackerInput.Respond(Known.Answer(id), Origin.OwnSocket) { At = default })];
        timePassed = new TrackerInput.TimePassed { At = new Instant(TimeSpan.TicksPerSecond) };
    }

    /// <summary>A request is registered.</summary>
    [Benchmark]
    public TrackerState Register() => Tracker.Step(state, registers[Next(registers.Length)]).State;

    /// <summary>The answer to one of the open requests comes.</summary>
    [Benchmark]
    public TrackerState Respond() => Tracker.Step(state, responds[Next(responds.Length)]).State;

    /// <summary>The one that is due first times out.</summary>
    [Benchmark]
    public TrackerState TimeOut() => Tracker.Step(state, timePassed).State;

    private static TrackerInput.Register Register(RequestId id, TimeSpan timeout) =>
        new(id, timeout, Route.ToCaller, Option<Token>.None) { At = default };

    private int Next(int count) => next = (next + Stride) % count;
}
