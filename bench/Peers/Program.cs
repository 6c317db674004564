using System.CommandLine;
using Acomm.Bench.Peers;

var concurrency = new Option<int[]>("--concurrency")
{
    Description = "Callers at a time, for example 1,16,64,256",
    DefaultValueFactory = _ => [1, 16, 64, 256],
    CustomParser = result => [.. result.Tokens.SelectMany(token => token.Value.Split(',')).Select(number => Number(number, result.AddError))],
};
var seconds = new Option<double>("--seconds") { Description = "How long each kind is measured with so many callers", DefaultValueFactory = _ => 5 };
var rounds = new Option<int>("--rounds") { Description = "In how many turns, the kinds one after the other in each", DefaultValueFactory = _ => 2 };
var only = new Option<string[]>("--only") { Description = "These kinds only", AllowMultipleArgumentsPerToken = true };
only.AcceptOnlyFromAmong([.. PeerKind.All.Select(kind => kind.Key)]);
var output = new Option<DirectoryInfo?>("--out") { Description = "Where peers.md and peers.svg are written" };

var root = new RootCommand("Measures Acomm beside others on a unix socket: a small payload there and back, each server in a process of its own.")
{
    concurrency, seconds, rounds, only, output,
};
root.SetAction(async (parsed, cancel) =>
{
    var kinds = parsed.GetValue(only) is { Length: > 0 } keys ? PeerKind.All.Where(kind => keys.Contains(kind.Key)) : PeerKind.All;
    var run = new Run([.. kinds], parsed.GetValue(concurrency)!, TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(rounds));
    var report = new Report(await run.MeasureAsync(cancel));
    Console.WriteLine(report.Markdown());
    if (parsed.GetValue(output) is { } directory)
    {
        directory.Create();
        await File.WriteAllTextAsync(Path.Combine(directory.FullName, "peers.md"), report.Markdown(), cancel);
        await File.WriteAllTextAsync(Path.Combine(directory.FullName, "peers.svg"), Chart.Svg(report), cancel);
    }

    return 0;
});

var kindArgument = new Argument<string>("kind");
var directoryArgument = new Argument<string>("directory");
var serve = new Command(ServerProcess.Verb) { kindArgument, directoryArgument };
serve.Hidden = true;
serve.SetAction((parsed, _) => ServerProcess.ServeAsync(
    PeerKind.All.Single(kind => kind.Key == parsed.GetValue(kindArgument)), parsed.GetValue(directoryArgument)!));
root.Subcommands.Add(serve);
return await root.Parse(args).InvokeAsync();

static int Number(string text, Action<string> addError)
{
    if (int.TryParse(text, out var number) && number is > 0 and <= 4096)
        return number;
    addError($"'{text}' is no number of callers between 1 and 4096");
    return 1;
}
