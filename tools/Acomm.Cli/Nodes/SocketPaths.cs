using Acomm.Adapters;
using Acomm.Domain;

namespace Acomm.Cli.Nodes;

/// <summary>Where the sockets are whose paths were not given.</summary>
internal static class SocketPaths
{
    /// <summary>The user's own directory for sockets.</summary>
    public static string Directory => Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } runtime
        ? Path.Combine(runtime, "acomm")
        : $"/tmp/acomm-{Environment.UserName}";

    /// <summary>The full path that was given, or that of a name in the directory.</summary>
    public static string Of(string? given, string name) => Path.GetFullPath(given ?? Path.Combine(Directory, name));

    /// <summary>
    /// The sockets that are there now and can be suggested: none where others may have put them, as the directory is not the user's own
    /// or not safe, and none with a name that means something to a shell.
    /// </summary>
    public static IReadOnlyList<string> Suggested()
    {
        try
        {
            return IsOwn(Directory) ? [.. System.IO.Directory.EnumerateFiles(Directory, "*.sock").Where(path => IsPlain(Path.GetFileName(path)))] : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    // What is not there is not made.
    private static bool IsOwn(string directory) =>
        NativeFile.Status(directory).Exists(status => status.Owner == NativeFile.User)
        && SocketDirectories.Prepare(Path.GetFullPath(directory), SocketAccess.Default).IsRight;

    private static bool IsPlain(string name) => name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');
}
