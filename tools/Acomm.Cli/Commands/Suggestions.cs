using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Invocation;
using System.Globalization;
using Acomm.Domain;

namespace Acomm.Cli.Commands;

/// <summary>What can come next in a line, at a position that is one.</summary>
internal sealed class Suggestions(SuggestDirective directive, SynchronousCommandLineAction suggest) : SynchronousCommandLineAction
{
    public override bool Terminating => suggest.Terminating;

    public override bool ClearsParseErrors => suggest.ClearsParseErrors;

    public override int Invoke(ParseResult parseResult)
    {
        var positions = parseResult.GetResult(directive)?.Values ?? [];
        if (positions.Count > 1)
            throw new UsageException("[suggest]: there is more than one position");
        if (positions.Count == 1 && !int.TryParse(positions[0], NumberStyles.None, CultureInfo.InvariantCulture, out _))
            throw new UsageException($"[suggest]: '{Shown.Text(positions[0])}' is not a position in a line");
        return suggest.Invoke(parseResult);
    }
}
