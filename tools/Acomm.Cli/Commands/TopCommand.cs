using System.CommandLine;
using Acomm.Cli.Terminal;
using Acomm.Cli.Watching;
using Acomm.Domain;
using Acomm.Effects;

namespace Acomm.Cli.Commands;

/// <summary><c>acomm top</c>: what a node is doing, again and again.</summary>
internal sealed class TopCommand
{
    private const int PlainRows = 10;

    private readonly Argument<string> url = new("URL") { Description = "Where the node's status is mapped, such as http://127.0.0.1:8080/status; without a path it is /status." };
    private readonly Option<TimeSpan?> interval = Symbols.Seconds("--interval", "How often it is asked; each second by default. The node makes no more than one report a second.");
    private readonly Option<bool> once = new("--once") { Description = "Ask once, print that, and end." };
    private readonly Option<bool> json = new("--json") { Description = "Print the replies as they are, each as a line of JSON." };

    public static Command Create(Signals signals)
    {
        var symbols = new TopCommand();
        symbols.url.CompletionSources.Add(_ => ["http://", "https://"]);
        var command = new ToolCommand(
            "top",
            "Shows what a node is doing, as it goes on, until q or Ctrl-C: open requests, rates, handlers. Where the output is no terminal it prints a block of lines each time.",
            ("acomm top http://127.0.0.1:8080/status", "a node that maps its status there"),
            ("acomm top http://127.0.0.1:8080/status --once", "one look, for a script or a ticket"),
            ("acomm top http://127.0.0.1:8080/status --json --interval 10 | jq .requests.outstanding", "a figure each ten seconds"))
        {
            symbols.url, symbols.interval, symbols.once, symbols.json,
        };
        command.SetAction((parsed, _) => symbols.RunAsync(parsed, signals));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, Signals signals)
    {
        var pause = parsed.GetValue(interval) ?? TimeSpan.FromSeconds(1);
        using var client = new StatusClient(StatusClient.Of(parsed.GetRequiredValue(url)));
        try
        {
            if (parsed.GetValue(once))
                await PrintAsync(new Watch(await client.AskAsync(signals.Stop), null, null), parsed.GetValue(json));
            else if (!parsed.GetValue(json) && Screen.IsOutputTerminal)
                await LiveView.ShowAsync(client, pause, signals.Stop);
            else
                await PrintAllAsync(client, pause, parsed.GetValue(json), signals.Stop);
        }
        catch (OperationCanceledException) when (signals.Stop.IsCancellationRequested)
        {
            // It is there to be ended so.
        }

        return ExitCodes.Success;
    }

    private static async Task PrintAllAsync(StatusClient client, TimeSpan pause, bool isJson, CancellationToken cancel)
    {
        var watch = new Watch(await client.AskAsync(cancel), null, null);
        while (true)
        {
            if (watch.Problem is { } problem)
                await Console.Error.WriteLineAsync(problem);
            else
                await PrintAsync(watch, isJson);
            await Task.Delay(pause, cancel);
            watch = await watch.AskAsync(client, cancel);
        }
    }

    private static Task PrintAsync(Watch watch, bool isJson) => isJson
        ? Output.WriteLineAsync(RawJson.Parse(watch.Last.Json).OrThrow())
        : Output.WriteAsync(PlainView.TextOf(NodeView.Of(watch.Last.Sample, watch.Rates, PlainRows)));
}
