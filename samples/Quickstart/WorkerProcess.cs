using System.Diagnostics;

namespace Acomm.Samples.Quickstart;

/// <summary>The worker, as its caller sees it: this very program, started once more.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    public const string Ready = "ready";

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(45);

    private readonly Process process;
    private bool told;

    private WorkerProcess(Process process) => this.process = process;

    public int Id => process.Id;

    /// <summary>Its unix socket.</summary>
    public string UnixAddress { get; private set; } = "";

    /// <summary>Where its endpoints are mapped.</summary>
    public string HttpAddress { get; private set; } = "";

    /// <summary>Starts it, and waits until it says that it takes work.</summary>
    public static async Task<WorkerProcess> StartAsync(string directory, CancellationToken cancel)
    {
        var worker = new WorkerProcess(Process.Start(CommandLine(directory))!);
        try
        {
            var line = await worker.process.StandardOutput.ReadLineAsync(cancel).AsTask().WaitAsync(StartLimit, cancel);
            if (line?.Split(' ') is not [Ready, var unix, var http])
                throw new NotAsExpectedException($"the worker did not start, it said '{line}'");
            (worker.UnixAddress, worker.HttpAddress) = (unix, http);
            return worker;
        }
        catch
        {
            await worker.DisposeAsync();
            throw;
        }
    }

    /// <summary>Tells it to stop, and gives its exit code.</summary>
    public async Task<int> StopAsync()
    {
        if (!told && !process.HasExited)
            await process.StandardInput.WriteLineAsync("stop");
        told = true;
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(StopLimit);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await StopAsync();
        }
        catch (Exception e) when (e is IOException or TimeoutException)
        {
            process.Kill();
        }

        process.Dispose();
    }

    // `dotnet run` starts an executable of our name; `dotnet Quickstart.dll` is the runtime, which has to be told the dll.
    private static ProcessStartInfo CommandLine(string directory)
    {
        var self = Environment.ProcessPath!;
        string[] dll = Path.GetFileName(self) == "dotnet" ? [typeof(WorkerProcess).Assembly.Location] : [];
        return new ProcessStartInfo(self, [.. dll, "worker", directory]) { RedirectStandardInput = true, RedirectStandardOutput = true };
    }
}
