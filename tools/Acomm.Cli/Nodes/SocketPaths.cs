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

    /// <summary>The sockets that are there now.</summary>
    public static IEnumerable<string> Served() => System.IO.Directory.Exists(Directory)
        ? System.IO.Directory.EnumerateFiles(Directory, "*.sock")
        : [];
}
