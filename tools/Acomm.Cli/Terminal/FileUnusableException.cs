using Acomm.Domain;

namespace Acomm.Cli.Terminal;

/// <summary>The file that was given for an option cannot be used; the message says which one, and why.</summary>
internal sealed class FileUnusableException(string option, string file, Exception cause)
    : Exception($"{option} '{Shown.Text(file)}': {Reason(file, cause)}", cause)
{
    /// <summary>Whether it is a failure of the file.</summary>
    public static bool IsCause(Exception failure) => failure is IOException or UnauthorizedAccessException or ArgumentException;

    private static string Reason(string file, Exception cause) => cause switch
    {
        FileNotFoundException or ArgumentException => "there is no such file",
        DirectoryNotFoundException => "there is no such directory",
        UnauthorizedAccessException => Directory.Exists(file) ? "it is a directory" : "access is denied",
        _ => Shown.Text(cause.Message),
    };
}
