using System.CommandLine;
using System.CommandLine.Invocation;
using Acomm.Cli;
using Acomm.Cli.Commands;

using var signals = new Signals();
var parsed = Root.Create(signals).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
if (parsed.Action is ParseErrorAction)
{
    foreach (var error in parsed.Errors)
        Console.Error.WriteLine($"Usage: {error.Message}");
    Console.Error.WriteLine($"Try '{string.Join(' ', Root.PathOf(parsed.CommandResult.Command))} --help'.");
    return ExitCodes.Usage;
}

try
{
    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, signals.Stop);
}
catch (Exception e) when (Failures.Of(e) is { } failure)
{
    if (failure.Line is { } line)
        Console.Error.WriteLine(line);
    return signals.Stop.IsCancellationRequested ? signals.ExitCode : failure.ExitCode;
}
