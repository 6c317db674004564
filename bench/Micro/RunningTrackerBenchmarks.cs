using Acomm.Domain;
using Acomm.Effects;
using BenchmarkDotNet.Attributes;
using LanguageExt;

namespace Acomm.Bench.Micro;

/// <summary>
/// The running tracker with so many open requests, which stay as many: each is registered with a task that is waited for,
/// and completed. Beside it the baseline of a concurrent dictionary and a timer per request.
/// </summary>
public class RunningTrackerBenchmarks
{
    private readonly HandClock clock = new();
    private readonly TimerPerRequest baseline = new();
    private RunningTracker tracker = null!;
    private RequestId[] ids = [];
    private Response[] answers = [];
    private int next;

    /// <summary>Open requests.</summary>
    [Params(1_000, 10_000, 100_000, 1_000_000)]
    public int Outstanding { get; set; }

    /// <summary>Registers half of the ids; the other half comes in for those that are answered.</summary>
    [GlobalSetup(Targets = [nameof(RegisterAndRespond), nameof(RegisterAndTimeOut)])]
    public void Setup()
    {
        tracker = new RunningTracker(Known.Limits, clock, _ => { });
        tracker.Start();
        MakeIds();
        for (var i = 0; i < Outstanding; i++)
            tracker.Register(ids[i], Known.Long, Route.ToCaller, Option<Token>.None);
    }

    /// <summary>The same for the baseline.</summary>
    [GlobalSetup(Target = nameof(BaselineRegisterAndRespond))]
    public void BaselineSetup()
    {
        MakeIds();
        for (var i = 0; i < Outstanding; i++)
            baseline.Register(ids[i].Value, Known.Long);
    }

    /// <summary>A request is registered, and the one that has been open longest is answered.</summary>
    [Benchmark]
    public void RegisterAndRespond()
    {
        tracker.Register(ids[(next + Outstanding) % ids.Length], Known.Long, Route.ToCaller, Option<Token>.None);
        tracker.Respond(answers[next], Origin.OwnSocket);
        next = (next + 1) % ids.Length;
    }

    /// <summary>A request is registered with a timeout of 10 ms, and these pass.</summary>
    [Benchmark]
    public void RegisterAndTimeOut()
    {
        tracker.Register(ids[Outstanding + (next++ % Outstanding)], TimeSpan.FromMilliseconds(10), Route.ToCaller, Option<Token>.None);
        clock.Advance(TimeSpan.FromMilliseconds(10));
    }

    /// <summary>The baseline registers one, and answers the one that has been open longest.</summary>
    [Benchmark(Baseline = true)]
    public void BaselineRegisterAndRespond()
    {
        baseline.Register(ids[(next + Outstanding) % ids.Length].Value, Known.Long);
        baseline.Complete(ids[next].Value, answers[next]);
        next = (next + 1) % ids.Length;
    }

    private void MakeIds()
    {
        ids = Known.Ids(2 * Outstanding);
        answers = [.. ids.Select(Known.Answer)];
    }
}
