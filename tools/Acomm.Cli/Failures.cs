using System.Net.Sockets;
using Acomm.Cli.Terminal;
using Acomm.Cli.Watching;
using Acomm.Domain;
using Acomm.Effects;
using Microsoft.Extensions.Options;

namespace Acomm.Cli;

/// <summary>The arguments are wrong; the message is for whoever gave them.</summary>
internal sealed class UsageException(string message) : Exception(message);

/// <summary>Nobody reads the standard output any more.</summary>
internal sealed class ReaderGoneException : Exception;

/// <summary>How a failure is told: a line on standard error, and an exit code.</summary>
internal static class Failures
{
    /// <summary>The line, if there is something to say, and the exit code; none for what is a defect.</summary>
    public static (string? Line, int ExitCode)? Of(Exception failure) => failure switch
    {
        AcommException e => (e.Message, ExitCodes.Of(e.Error)),
        OptionsValidationException e => (string.Join(Environment.NewLine, e.Failures), ExitCodes.Usage),
        StatusUnreadableException e => (e.Message, ExitCodes.Refused),
        FileUnusableException e => ($"FileUnusable: {e.Message}", ExitCodes.Here),
        UsageException e => ($"Usage: {e.Message}", ExitCodes.Usage),
        ReaderGoneException => (null, ExitCodes.ReaderGone),
        OperationCanceledException => (null, ExitCodes.Interrupted),
        IOException or UnauthorizedAccessException or SocketException => ($"SystemError: {Shown.Text(failure.Message)}", ExitCodes.Here),
        _ => null,
    };
}
