using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Text.RegularExpressions;
using Acomm.AdapterTests.Support;
using Acomm.DocumentTests.Markdown;

namespace Acomm.DocumentTests.Support;

/// <summary>
/// Somebody who does what a document says, in a directory of his own. Three things are replaced on the way in, and put back in what
/// is printed: the directories of sockets, and the ports, so that several readers can be at it at once.
/// </summary>
internal sealed partial class Reader : IAsyncDisposable
{
    // What a program needs beside it; the frameworks are where they are installed.
    private static readonly string[] Needed = ["Acomm.*.dll", "LanguageExt.Core.dll", "Microsoft.Bcl.AsyncInterfaces.dll", "OpenTelemetry*.dll"];

    private static readonly string RuntimeConfig = Path.ChangeExtension(typeof(Reader).Assembly.Location, "runtimeconfig.json");

    private static readonly string DotNet = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "../../../dotnet"));

    private readonly TempDirectory directory = new();
    private readonly Dictionary<string, string> replaced = [];
    private readonly List<RunningProgram> programs = [];

    /// <summary>Sets his directory up.</summary>
    /// <param name="buildsProjects">
    /// Whether <c>dotnet</c> in a block of commands is what is installed. Else <c>dotnet run --project NAME -- ARGS</c> runs what
    /// <see cref="WriteProject"/> compiled, and what makes projects and restores packages does nothing.
    /// </param>
    public Reader(bool buildsProjects = false)
    {
        replaced["/tmp/acomm"] = directory.At("tmp");
        replaced["/run/acomm"] = directory.At("run");
        Directory.CreateDirectory(directory.At("bin"));
        foreach (var file in Needed.SelectMany(pattern => Directory.GetFiles(AppContext.BaseDirectory, pattern)))
            File.CreateSymbolicLink(directory.At($"bin/{Path.GetFileName(file)}"), file);
        Directory.CreateDirectory(directory.At("path"));
        WriteScript("path/acomm", $"exec '{DotNet}' '{Built("Tool")}' \"$@\"");
        WriteScript("path/node", $"exec '{DotNet}' '{Built("NodeSample")}' \"$@\"");
        if (buildsProjects)
            return;
        WriteScript("path/dotnet", """
            [ "$1 $2" = "run --project" ] || exit 0
            project=$3
            shift 3
            [ "${1:-}" != -- ] || shift
            exec "run-$project" "$@"
            """);
    }

    /// <summary>A path in his directory.</summary>
    public string At(string name) => directory.At(name);

    /// <summary>What the document says, with the paths and ports that it has here.</summary>
    public string Here(string text)
    {
        foreach (var port in Ports().Matches(text).Select(match => match.Value))
            replaced.TryAdd(port, $"{port.Split(':')[0]}:{FreePort()}");
        return replaced.Aggregate(text, (all, one) => all.Replace(one.Key, one.Value, StringComparison.Ordinal));
    }

    /// <summary>Compiles a whole program and runs it to its end. Gives what it printed; an exit code other than 0 fails.</summary>
    public Task<string> RunAsync(Block program, Sdk sdk) => RunAsync([program], sdk, "/*0*/");

    /// <summary>Compiles parts of a program and runs it to its end. Gives what it printed; an exit code other than 0 fails.</summary>
    /// <param name="parts">The blocks.</param>
    /// <param name="sdk">The kind of project they are for.</param>
    /// <param name="scaffold">What makes a program of them: they stand in the place of <c>/*0*/</c>, <c>/*1*/</c> and so on.</param>
    public Task<string> RunAsync(Block[] parts, Sdk sdk, string scaffold) => Start(parts, sdk, scaffold).EndAsync();

    /// <summary>Compiles a whole program and starts it.</summary>
    public RunningProgram Start(Block program, Sdk sdk) => Start([program], sdk, "/*0*/");

    /// <summary>Compiles parts of a program and starts it.</summary>
    public RunningProgram Start(Block[] parts, Sdk sdk, string scaffold)
    {
        var source = scaffold;
        for (var i = 0; i < parts.Length; i++)
        {
            Assert.Contains($"/*{i}*/", source, StringComparison.Ordinal);
            source = source.Replace($"/*{i}*/", parts[i].Text, StringComparison.Ordinal);
        }

        var assembly = directory.At($"bin/Block{programs.Count}.dll");
        Compiler.Compile(parts[0], Here(source), sdk, assembly);
        return Run(parts[0], DotNet, "exec", "--runtimeconfig", RuntimeConfig, assembly);
    }

    /// <summary>Compiles a whole program in the place of a project.</summary>
    public void WriteProject(Block program, Sdk sdk, string project)
    {
        var assembly = directory.At($"bin/{project}{program.Line}.dll");
        Compiler.Compile(program, Here(program.Text), sdk, assembly);
        WriteScript($"path/run-{project}", $"exec '{DotNet}' exec --runtimeconfig '{RuntimeConfig}' '{assembly}' \"$@\"");
    }

    /// <summary>Writes a file, as it is to be here.</summary>
    public Task WriteAsync(Block block, string path) => File.WriteAllTextAsync(directory.At(path), Here(block.Text));

    /// <summary>Runs a block of commands to its end. Gives what it printed; the first command that fails, fails it.</summary>
    public Task<string> ShellAsync(Block block) => ShellAsync(block, block.Text);

    /// <summary>Runs commands as if they stood in a block.</summary>
    public async Task<string> ShellAsync(Block block, string commands) => await StartShell(block, commands).EndAsync();

    /// <summary>Starts a block of commands that does not end by itself.</summary>
    public RunningProgram StartShell(Block block, string commands) => Run(block, "bash", "-eu", "-o", "pipefail", "-c", Here(commands));

    /// <summary>Starts the sample node, and waits until it is ready.</summary>
    public async Task StartNodeAsync(Block block, string arguments) => await StartShell(block, $"exec node {arguments}").UntilAsync("ready");

    public async ValueTask DisposeAsync()
    {
        foreach (var program in programs)
            await program.DisposeAsync();
        directory.Dispose();
    }

    private RunningProgram Run(Block block, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = directory.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{directory.At("path")}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["XDG_RUNTIME_DIR"] = directory.Path;
        start.Environment["DOTNET_TieredPGO"] = "0";
        programs.Add(new RunningProgram(block, start, printed => replaced.Aggregate(printed, (all, one) => all.Replace(one.Value, one.Key, StringComparison.Ordinal))));
        return programs[^1];
    }

    private void WriteScript(string name, string line)
    {
        File.WriteAllText(directory.At(name), $"#!/bin/sh\n{line}\n");
        File.SetUnixFileMode(directory.At(name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static string Built(string name) =>
        typeof(Reader).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == name).Value!;

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    [GeneratedRegex(@"(127\.0\.0\.1|0\.0\.0\.0|localhost):[1-9]\d+")]
    private static partial Regex Ports();
}
