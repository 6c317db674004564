using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;

namespace Acomm.CliTests.Support;

/// <summary>What the tool came to.</summary>
internal sealed record Ended(int ExitCode, byte[] Bytes, string Error)
{
    /// <summary>Its standard output as text, without the end of its last line.</summary>
    public string Output => Encoding.UTF8.GetString(Bytes).TrimEnd('\n');

    /// <summary>The name of the error that it tells.</summary>
    public string ErrorName => Error.TrimEnd('\n').Split('\n')[^1].Split(':')[0];
}

/// <summary>The tool as a process, as a shell starts it.</summary>
internal sealed class Tool : IAsyncDisposable
{
    private const int SigTerm = 15;

    // Each test starts several processes, many tests at a time: a guard only.
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(3);

    private readonly Process process;

    private Tool(Process process) => this.process = process;

    public static string Path => Named("Tool");

    public static string Guide => File.ReadAllText(Named("Guide"));

    /// <summary>The addresses of the line that it says it is ready with.</summary>
    public IReadOnlyList<string> Addresses { get; private set; } = [];

    public StreamWriter Input => process.StandardInput;

    public StreamReader Output => process.StandardOutput;

    public StreamReader Error => process.StandardError;

    /// <summary>Runs it to its end.</summary>
    public static Task<Ended> RunAsync(params string[] arguments) => RunWithAsync([], arguments);

    /// <summary>Runs it to its end with something on its standard input.</summary>
    public static async Task<Ended> RunWithAsync(byte[] input, params string[] arguments)
    {
        await using var tool = Start(arguments);
        return await tool.EndAsync(input);
    }

    /// <summary>Starts it.</summary>
    public static Tool Start(params string[] arguments) => new(
        Process.Start(new ProcessStartInfo("dotnet", [Path, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        }) ?? throw new InvalidOperationException("it did not start"));

    /// <summary>Starts it, and waits until it is ready, which it says on standard output or standard error.</summary>
    public static async Task<Tool> ReadyAsync(bool onError, params string[] arguments)
    {
        var tool = Start(arguments);
        var line = await (onError ? tool.Error : tool.Output).ReadLineAsync().WaitAsync(Bound);
        if (line is null || !line.StartsWith("ready ", StringComparison.Ordinal))
            throw new InvalidOperationException($"it is not ready: {line} {await tool.Error.ReadToEndAsync().WaitAsync(Bound)}");
        tool.Addresses = line.Split(' ')[1..];
        return tool;
    }

    /// <summary>Serves a task with a program.</summary>
    public static Task<Tool> ServeAsync(params string[] arguments) => ReadyAsync(onError: false, ["serve", .. arguments]);

    public void Terminate() => Assert.Equal(0, Kill(process.Id, SigTerm));

    /// <summary>What it exits with, where nobody reads its output any more.</summary>
    public async Task<Ended> ExitAsync()
    {
        await process.WaitForExitAsync().WaitAsync(Bound);
        return new Ended(process.ExitCode, [], "");
    }

    /// <summary>What it still says, and what it exits with.</summary>
    public async Task<Ended> EndAsync(byte[]? input = null)
    {
        var bytes = new MemoryStream();
        var output = process.StandardOutput.BaseStream.CopyToAsync(bytes);
        var error = process.StandardError.ReadToEndAsync();
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input ?? []).AsTask().WaitAsync(Bound);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading all of it.
        }

        await process.WaitForExitAsync().WaitAsync(Bound);
        await output.WaitAsync(Bound);
        return new Ended(process.ExitCode, bytes.ToArray(), await error.WaitAsync(Bound));
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static string Named(string key) =>
        typeof(Tool).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Kill(int process, int signal);
}
