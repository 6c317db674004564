using Acomm.Bench.Micro;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;

// What BenchmarkDotNet does not measure has a verb of its own; everything else goes to BenchmarkDotNet.
var verbs = new Dictionary<string, Func<string[], Task>>
{
    ["tracker"] = _ => TrackerRun.RunAsync(),
    ["memory"] = _ => MemoryRun.RunAsync(),
    ["deadlines"] = _ => DeadlinesRun.RunAsync(),
    ["idle"] = _ => IdleRun.RunAsync(),
    ["streams"] = StreamsRun.RunAsync,
};

if (args is [var verb, .. var rest] && verbs.TryGetValue(verb, out var run))
{
    await run(rest);
    return;
}

// Short, so that the whole takes minutes.
var config = DefaultConfig.Instance
    .AddJob(Job.ShortRun.WithId("short"))
    .AddDiagnoser(MemoryDiagnoser.Default);
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
