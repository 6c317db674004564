using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Acomm.Cli.Commands;

/// <summary>A command with examples for its help.</summary>
internal sealed class ToolCommand(string name, string description, params (string Line, string What)[] examples) : Command(name, description)
{
    public IReadOnlyList<(string Line, string What)> Examples => examples;
}

/// <summary>The help, then the examples of the command, then the exit codes.</summary>
internal sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
{
    public override bool Terminating => true;

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        if (parseResult.CommandResult.Command is ToolCommand command)
        {
            output.WriteLine("Examples:");
            foreach (var (line, what) in command.Examples)
                output.WriteLine($"  # {what}{Environment.NewLine}  {line}{Environment.NewLine}");
        }

        output.WriteLine("Exit codes:");
        foreach (var (code, meaning) in ExitCodes.All)
            output.WriteLine($"  {code,-3}  {meaning}");
        return ExitCodes.Success;
    }
}
