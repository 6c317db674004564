using System.CommandLine;
using Acomm.Adapters;
using Acomm.Cli.Nodes;
using Acomm.Cli.Terminal;
using Acomm.Domain;
using Acomm.Effects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Acomm.Cli.Commands;

/// <summary><c>acomm listen</c>: prints what peers send, until a signal.</summary>
internal sealed class ListenCommand
{
    private const int Connections = 64;

    private readonly Option<string?> socket = Symbols.Socket("listen.sock");
    private readonly Option<string?> http = Symbols.Http();
    private readonly Option<string?> answer = new("--answer") { Description = "Answer each request with this result.", HelpName = "JSON" };
    private readonly Option<bool> quiet = Symbols.Quiet();

    public static Command Create(Signals signals)
    {
        var symbols = new ListenCommand();
        var command = new ToolCommand(
            "listen",
            "Prints each document that comes, a line of JSON each, until SIGINT or SIGTERM. Everything that can be read is accepted, whatever its task, and nothing is run. "
                + "A note 'ready', with the addresses, goes to standard error.",
            ("acomm listen --socket /tmp/acomm/look.sock", "what does this client send?"),
            ("acomm listen --http http://127.0.0.1:8080 --answer '{\"ok\":true}'", "over HTTP too, and give each request the same answer"))
        {
            symbols.socket, symbols.http, symbols.answer, symbols.quiet,
        };
        command.SetAction((parsed, _) => symbols.RunAsync(parsed, signals));
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, Signals signals)
    {
        var screen = new Screen(parsed.GetValue(quiet));
        var result = parsed.GetValue(answer) is { } json ? RawJson.Parse(json).OrThrow() : (RawJson?)null;
        var path = SocketPaths.Of(parsed.GetValue(socket), "listen.sock");
        await using var listener = (await UnixListener.ListenAsync(path, Connections, cancel: signals.Stop)).OrThrow();
        Listener? listening = null;
        await using var node = await CliNode.StartAsync(
            new NodeSetup(null, HttpUrl.Listening("--http", parsed.GetValue(http)), null, TimeSpan.FromSeconds(1)),
            signals,
            new Notes(screen),
            map: app => app.MapPost("/{**path}", (HttpContext context) => listening!.OverHttpAsync(context)));
        listening = new Listener(node.Acomm, result, screen);
        var serving = listening.OnSocketAsync(listener, signals.Stop);
        screen.Note(string.Join(' ', ["ready", $"unix://{path}", .. node.HttpAddresses]));
        await await Task.WhenAny(signals.WaitAsync(), listening.Failed, serving);
        return ExitCodes.Success;
    }
}
