using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace Acomm.AdapterTests.Support;

/// <summary>The sample node as a process of its own.</summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private const int SigTerm = 15;
    private readonly Process process;
    private readonly Channel<string> log = Channel.CreateUnbounded<string>();

    private NodeProcess(Process process) => this.process = process;

    public int Id => process.Id;

    /// <summary>The line that it printed when it was ready.</summary>
    public string ReadyLine { get; private set; } = "";

    /// <summary>The HTTP address of the ready line.</summary>
    public string Http => ReadyLine.Split(' ')[2];

    /// <summary>Starts a node and waits until it is ready.</summary>
    public static Task<NodeProcess> StartAsync(params string[] arguments) => StartWithAsync([], arguments);

    /// <summary>Starts a node with more environment variables than this process has.</summary>
    public static async Task<NodeProcess> StartWithAsync((string Name, string Value)[] environment, params string[] arguments)
    {
        var node = new NodeProcess(Spawn(arguments, environment));
        node.process.ErrorDataReceived += (_, line) => node.log.Writer.TryWrite(line.Data ?? "");
        node.process.BeginErrorReadLine();
        node.ReadyLine = await node.process.StandardOutput.ReadLineAsync().Within() ?? throw new InvalidOperationException("it ended at once");
        return node;
    }

    /// <summary>Runs it with arguments that make it end by itself.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var process = Spawn(arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().Within();
        return (process.ExitCode, await output, await error);
    }

    /// <summary>Its log from where it was last read, up to a line that holds the text.</summary>
    public async Task<string> LogUntilAsync(string text)
    {
        for (var all = ""; ;)
        {
            var line = await log.Reader.ReadAsync().Within();
            all += $"{line}\n";
            if (line.Contains(text, StringComparison.Ordinal))
                return all;
        }
    }

    /// <summary>Asks it to end, as a service manager does.</summary>
    public void Terminate() => Assert.Equal(0, Kill(process.Id, SigTerm));

    /// <summary>What it still prints, and the code it exits with.</summary>
    public async Task<(int ExitCode, string Output)> ExitAsync()
    {
        var output = await process.StandardOutput.ReadToEndAsync().Within();
        await process.WaitForExitAsync().Within();
        return (process.ExitCode, output);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static Process Spawn(string[] arguments, params (string Name, string Value)[] environment)
    {
        var sample = typeof(NodeProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "NodeSample").Value!;
        var start = new ProcessStartInfo("dotnet", [sample, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start) ?? throw new InvalidOperationException("it did not start");
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Kill(int process, int signal);
}
