using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Acomm.Cli.Commands;

/// <summary>All that the tool can do.</summary>
internal static class Root
{
    public static RootCommand Create(Signals signals)
    {
        var root = new RootCommand("Calls tasks of Acomm nodes, serves programs as tasks, shows what peers send and what nodes do, and measures latency.")
        {
            CallCommand.Create(signals),
            ServeCommand.Create(signals),
            ListenCommand.Create(signals),
            PingCommand.Create(signals),
            TopCommand.Create(signals),
            CompletionCommand.Create(),
        };
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        var suggest = root.Directives.OfType<SuggestDirective>().Single();
        suggest.Action = new Suggestions(suggest, (SynchronousCommandLineAction)suggest.Action!);
        return root;
    }

    /// <summary>The words that lead to a command.</summary>
    public static IEnumerable<string> PathOf(Command command) => command is RootCommand
        ? ["acomm"]
        : [.. PathOf(command.Parents.OfType<Command>().First()), command.Name];
}
