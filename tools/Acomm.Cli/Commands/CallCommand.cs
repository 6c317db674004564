using System.CommandLine;
using Acomm.Cli.Nodes;
using Acomm.Cli.Terminal;
using Acomm.Domain;
using Acomm.Effects;

namespace Acomm.Cli.Commands;

/// <summary><c>acomm call</c>: one call, its result on standard output.</summary>
internal sealed class CallCommand
{
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(2);

    private readonly Argument<string> address = Symbols.Address();
    private readonly Argument<string> task = new("TASK") { Description = "The name of the task." };
    private readonly ArgsOptions args = new();
    private readonly Option<string?> stream = new("--stream") { Description = "A file, or with - standard input, that is sent as the request's stream.", HelpName = "FILE|-" };

    private readonly Option<string?> output = new("--out")
    {
        Description = "A file, or with - standard output, that takes the answer's stream. With - the result is a note on standard error.",
        HelpName = "FILE|-",
    };

    private readonly Option<TimeSpan?> timeout = Symbols.Seconds("--timeout", "How long to wait for the answer; 60 by default.");
    private readonly Option<string?> listen = Symbols.ListenHttp();
    private readonly Option<string?> publicUrl = Symbols.PublicUrl();
    private readonly Option<bool> quiet = Symbols.Quiet();

    public static Command Create(Signals signals)
    {
        var symbols = new CallCommand();
        var command = new ToolCommand(
            "call",
            "Calls a task, and prints its result as JSON.",
            ("acomm call unix:///tmp/acomm/worker.sock echo -a name=Ada -a count=3", "args from pairs: {\"name\":\"Ada\",\"count\":3}"),
            ("echo '[1,2,3]' | acomm call unix:///tmp/acomm/worker.sock echo --json -", "args as JSON from standard input"),
            ("acomm call unix:///tmp/acomm/worker.sock digest --stream big.iso", "a file as the request's stream"),
            ("acomm call http://127.0.0.1:8080/ blob -a bytes=1000000 --out blob.bin", "the answer's stream into a file, over HTTP"))
        {
            symbols.address, symbols.task,
        };
        symbols.args.AddTo(command);
        foreach (var option in new Option[] { symbols.stream, symbols.output, symbols.timeout, symbols.listen, symbols.publicUrl, symbols.quiet })
            command.Add(option);
        command.SetAction((parsed, _) => symbols.RunAsync(parsed, signals));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, Signals signals)
    {
        var to = Address.Parse(parsed.GetRequiredValue(address)).OrThrow();
        var name = TaskName.Parse(parsed.GetRequiredValue(task)).OrThrow();
        if (parsed.GetValue(stream) == Input.Standard && args.TakeInput(parsed))
            throw new UsageException("--stream and --json cannot both read standard input");
        var screen = new Screen(parsed.GetValue(quiet));
        var setup = new NodeSetup(null, HttpUrl.ForAnswersOf(to, parsed.GetValue(listen)), parsed.GetValue(publicUrl), Drain);
        var raw = await args.ReadAsync(parsed, signals.Stop);
        var sent = parsed.GetValue(stream) is { } file ? Input.Open(stream.Name, file) : null;
        await using var target = parsed.GetValue(output) is { } path ? OutputFile.Open(output.Name, path) : null;
        await using var node = await CliNode.StartAsync(setup, signals, new Notes(screen));

        RawJson? result = null;
        try
        {
            return await screen.WatchAsync(async begin =>
            {
                var options = new CallOptions { Timeout = parsed.GetValue(timeout), Stream = sent is null ? null : Sent(sent, begin) };
                var reply = await node.Acomm.CallAsync(to, name, raw, options, signals.Stop).OrThrowAsync();
                result = reply.Result;
                await TakeAsync(reply, target, begin, screen, signals.Stop);
                return ExitCodes.Success;
            });
        }
        finally
        {
            // When no bar is in its way any more.
            if (result is { } json && target?.IsStandard != true)
                await Output.WriteJsonAsync(json);
            else if (result is { } noted)
                screen.Note(noted.ToString());
        }
    }

    private static StreamSource Sent(Stream file, Func<string, long?, Transfer> begin) => StreamSource.From(file).WithProgress(new Sending(file, begin));

    private static async Task TakeAsync(Reply<RawJson> reply, OutputFile? target, Func<string, long?, Transfer> begin, Screen screen, CancellationToken cancel)
    {
        if (target is null)
        {
            if (reply.Stream.IsSome)
                screen.Note("the answer has a stream, which is left: --out FILE takes it");
            return;
        }

        var stream = reply.Stream.Match(Some: s => s, None: () => throw new AcommException(new AcommError.StreamMissing(reply.Id)));
        var transfer = begin("received", null);
        try
        {
            await stream.CopyToAsync(target.Begin(), transfer, cancel).OrThrowAsync();
        }
        catch (IOException e)
        {
            throw target.Failure(e);
        }

        transfer.End();
    }

    // Its line or bar is there when somebody reads, and at its end when all of it was read.
    private sealed class Sending(Stream file, Func<string, long?, Transfer> begin) : IProgress<StreamProgress>
    {
        private Transfer? transfer;

        public void Report(StreamProgress value)
        {
            if (value.End is StreamEnd.Unread or StreamEnd.Torn)
                return;
            transfer ??= begin("sent", file.CanSeek ? file.Length : null);
            transfer.Report(value.Bytes);
            if (value.End == StreamEnd.Complete)
                transfer.End();
        }
    }
}
