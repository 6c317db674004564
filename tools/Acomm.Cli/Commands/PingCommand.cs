using System.CommandLine;
using System.Diagnostics;
using Acomm.Cli.Nodes;
using Acomm.Cli.Terminal;
using Acomm.Domain;
using Acomm.Effects;

namespace Acomm.Cli.Commands;

/// <summary><c>acomm ping</c>: many calls, and how long they took.</summary>
internal sealed class PingCommand
{
    // No node serves it, but every node says so at once.
    private const string NoTask = "acomm.ping";

    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(1);

    private readonly Argument<string> address = Symbols.Address();

    private readonly Argument<string?> task = new("TASK")
    {
        Description = $"The task that is called. Without one it is '{NoTask}', which nobody serves, and the refusal is what is waited for.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly ArgsOptions args = new();
    private readonly Option<int> count = Symbols.Count(["--count", "-n"], "Calls in all.", 100, 10_000_000);
    private readonly Option<int> concurrency = Symbols.Count(["--concurrency", "-c"], "Calls at a time.", 1, 10_000);
    private readonly Option<TimeSpan?> timeout = Symbols.Seconds("--timeout", "How long to wait for each answer; 10 by default.");
    private readonly Option<string?> listen = Symbols.ListenHttp();
    private readonly Option<string?> publicUrl = Symbols.PublicUrl();
    private readonly Option<bool> quiet = Symbols.Quiet();

    public static Command Create(Signals signals)
    {
        var symbols = new PingCommand();
        var command = new ToolCommand(
            "ping",
            "Calls a node many times, and prints how long its answers took. One more call comes first, and is not counted.",
            ("acomm ping unix:///tmp/acomm/worker.sock", "is it there, and how far away?"),
            ("acomm ping http://127.0.0.1:8080/ echo -a text=hello -n 10000 -c 32", "10,000 calls of a task over HTTP, 32 at a time"))
        {
            symbols.address, symbols.task,
        };
        symbols.args.AddTo(command);
        foreach (var option in new Option[] { symbols.count, symbols.concurrency, symbols.timeout, symbols.listen, symbols.publicUrl, symbols.quiet })
            command.Add(option);
        command.SetAction((parsed, _) => symbols.RunAsync(parsed, signals));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, Signals signals)
    {
        var to = Address.Parse(parsed.GetRequiredValue(address)).OrThrow();
        var name = TaskName.Parse(parsed.GetValue(task) ?? NoTask).OrThrow();
        var options = new CallOptions { Timeout = parsed.GetValue(timeout) ?? TimeSpan.FromSeconds(10) };
        var raw = await args.ReadAsync(parsed, signals.Stop);
        var setup = new NodeSetup(null, HttpUrl.ForAnswersOf(to, parsed.GetValue(listen)), parsed.GetValue(publicUrl), Drain);
        await using var node = await CliNode.StartAsync(setup, signals, new Notes(new Screen(parsed.GetValue(quiet))));

        var isRefusalWanted = parsed.GetValue(task) is null;
        async Task<AcommError?> FailureAsync() => PingReport.Failure(await node.Acomm.CallAsync(to, name, raw, options, signals.Stop), isRefusalWanted);
        if (await FailureAsync() is { } error)
            throw new AcommException(error);
        var report = new PingReport();
        var wall = Stopwatch.GetTimestamp();
        var left = parsed.GetValue(count);
        await Task.WhenAll(Enumerable.Range(0, parsed.GetValue(concurrency)).Select(async _ =>
        {
            while (Interlocked.Decrement(ref left) >= 0 && !signals.Stop.IsCancellationRequested)
            {
                var start = Stopwatch.GetTimestamp();
                var failure = await FailureAsync();
                if (failure is not AcommError.Cancelled)
                    report.Add(failure, Stopwatch.GetElapsedTime(start));
            }
        }));
        foreach (var line in report.Lines(Stopwatch.GetElapsedTime(wall)))
            await Output.WriteAsync(line);
        return signals.Stop.IsCancellationRequested ? signals.ExitCode : report.ExitCode;
    }
}
