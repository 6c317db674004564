using System.CommandLine;
using Acomm.Cli.Nodes;
using Acomm.Cli.Programs;
using Acomm.Cli.Terminal;
using Acomm.Domain;
using Acomm.Effects;

namespace Acomm.Cli.Commands;

/// <summary><c>acomm serve</c>: a program as a task, until a signal.</summary>
internal sealed class ServeCommand
{
    private readonly Argument<string> task = new("TASK") { Description = "The name of the task." };

    private readonly Argument<string[]> programArguments = new("ARG")
    {
        Description = "Arguments of the program. Behind -- none is taken for an option of acomm.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string> exec = new("--exec")
    {
        Description = "The program, run once for each request and without a shell. Its standard input is the request's stream, or the args as JSON where there is none "
            + "(with a stream the args are in ACOMM_ARGS; ACOMM_TASK, ACOMM_ID and ACOMM_CALLER are always set). "
            + "Its standard output is the result: JSON if it is JSON, null if it is nothing, else text. "
            + "An exit code other than 0 is a failure, with the last lines of its standard error.",
        HelpName = "PROGRAM",
        Required = true,
    };

    private readonly Option<string?> socket = Symbols.Socket("TASK.sock");
    private readonly Option<string?> http = Symbols.Http();
    private readonly Option<string?> publicUrl = Symbols.PublicUrl();
    private readonly Option<int> concurrency = Symbols.Count(["--concurrency", "-c"], "Programs at a time; more requests wait.", Environment.ProcessorCount, 10_000);
    private readonly Option<TimeSpan?> timeout = Symbols.Seconds("--timeout", "A program that takes longer is ended, and the task has failed; no limit by default.");
    private readonly Option<TimeSpan?> drain = Symbols.Seconds("--drain", "How long a stop waits for open requests; 30 by default.");
    private readonly Option<bool> quiet = Symbols.Quiet();

    public static Command Create(Signals signals)
    {
        var symbols = new ServeCommand();
        var command = new ToolCommand(
            "serve",
            "Serves a task with a program, until SIGINT or SIGTERM. Prints a line 'ready', with its addresses, when it takes requests.",
            ("acomm serve upper --exec tr a-z A-Z --socket /tmp/acomm/upper.sock", "answers with its args in capitals"),
            ("acomm serve sum --exec jq --socket /tmp/acomm/sum.sock -- -c '.numbers | add'", "args that look like options go behind --"),
            ("acomm serve pack --exec sha256sum --http http://127.0.0.1:8080 -c 4", "over HTTP too, and four at a time"))
        {
            symbols.task, symbols.programArguments,
        };
        foreach (var option in new Option[] { symbols.exec, symbols.socket, symbols.http, symbols.publicUrl, symbols.concurrency, symbols.timeout, symbols.drain, symbols.quiet })
            command.Add(option);
        command.SetAction((parsed, _) => symbols.RunAsync(parsed, signals));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, Signals signals)
    {
        var name = TaskName.ParseServed(parsed.GetRequiredValue(task)).OrThrow().Value;
        var program = new ProgramLine(ProgramFile.Find(parsed.GetRequiredValue(exec)), parsed.GetValue(programArguments) ?? []);
        var isQuiet = parsed.GetValue(quiet);
        var handler = new ProgramTask(program, parsed.GetValue(timeout), isQuiet ? Stream.Null : Console.OpenStandardError());
        var setup = new NodeSetup(
            SocketPaths.Of(parsed.GetValue(socket), $"{name}.sock"),
            HttpUrl.Listening("--http", parsed.GetValue(http)),
            parsed.GetValue(publicUrl),
            parsed.GetValue(drain) ?? TimeSpan.FromSeconds(30));
        await using var node = await CliNode.StartAsync(
            setup, signals, new Notes(new Screen(isQuiet)), tasks => tasks.AddTask<RawJson, RawJson>(name, handler.HandleAsync, parsed.GetValue(concurrency)));
        await Output.WriteAsync(node.ReadyLine);
        await signals.WaitAsync();
        return ExitCodes.Success;
    }
}
