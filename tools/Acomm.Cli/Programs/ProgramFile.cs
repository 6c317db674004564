using Acomm.Domain;

namespace Acomm.Cli.Programs;

/// <summary>Finds a program as a shell does: by its path, or by its name in PATH and nowhere else.</summary>
internal static class ProgramFile
{
    private const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    public static string Find(string program)
    {
        var candidates = program.Contains('/')
            ? [Path.GetFullPath(program)]
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries).Select(directory => Path.GetFullPath(Path.Combine(directory, program)));
        return candidates.FirstOrDefault(IsProgram) ?? throw new UsageException($"--exec: there is no program '{Shown.Text(program)}'");
    }

    private static bool IsProgram(string path) => path.Length > 1 && File.Exists(path) && (File.GetUnixFileMode(path) & Executable) != 0;
}
