using System.Diagnostics;

namespace Acomm.Soak;

/// <summary>One worker, as the process that started it sees it: this very program, started again whenever it was killed.</summary>
internal sealed class WorkerProcess(int number, string socket, Wrongs wrongs) : IAsyncDisposable
{
    public const string Verb = "worker";
    public const string Ready = "ready";
    public const string Wrong = "wrong";
    public const string Unhandled = "unhandled";

    // 128 and the number of SIGKILL.
    private const int KilledCode = 137;

    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = Hosting.Drain + TimeSpan.FromSeconds(60);

    private Process? process;
    private Task told = Task.CompletedTask;
    private volatile string http = "";

    public int Number => number;

    public string Unix { get; } = $"unix://{socket}";

    /// <summary>Where its endpoints are; each start has a port of its own.</summary>
    public string Http => http;

    public int Id => process?.Id ?? 0;

    /// <summary>Processor time that it has used since its start.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process?.Refresh();
            return process?.TotalProcessorTime ?? default;
        }
    }

    /// <summary>Starts it, and waits until it takes work.</summary>
    public async Task StartAsync()
    {
        var ready = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        process = Process.Start(CommandLine()) ?? throw new InvalidOperationException($"worker {number} was not started");
        told = ListenAsync(process.StandardOutput, ready);
        http = await ready.Task.WaitAsync(StartLimit);
    }

    public async Task KillAsync()
    {
        process!.Kill();
        if (await EndedAsync() is var code && code != KilledCode)
            wrongs.Add($"worker {number} had ended by itself with exit code {code}");
    }

    public void Send(Signal signal) => Signals.Send(Id, signal);

    /// <summary>Has it stop as a service manager does, and expects it to end well.</summary>
    public async Task StopAsync()
    {
        Send(Signal.Terminate);
        if (await EndedAsync() is var code && code != 0)
            wrongs.Add($"worker {number} stopped with exit code {code}");
    }

    public async ValueTask DisposeAsync()
    {
        if (process is null)
            return;
        if (!process.HasExited)
            process.Kill();
        await EndedAsync();
    }

    private async Task<int> EndedAsync()
    {
        using var ended = process!;
        process = null;
        await ended.WaitForExitAsync().WaitAsync(StopLimit);
        await told.WaitAsync(StopLimit);
        return ended.ExitCode;
    }

    private async Task ListenAsync(StreamReader output, TaskCompletionSource<string> ready)
    {
        while (await output.ReadLineAsync() is { } line)
        {
            if (line.Split(' ', 2) is [Ready, var address])
                ready.TrySetResult(address);
            else
                wrongs.Add($"worker {number}: {line}", isUnhandled: line.StartsWith(Unhandled, StringComparison.Ordinal));
        }

        ready.TrySetException(new InvalidOperationException($"worker {number} ended before it was ready"));
    }

    // `dotnet run` starts an executable of our name; `dotnet Acomm.Soak.dll` is the runtime, which has to be told the dll.
    private ProcessStartInfo CommandLine()
    {
        var self = Environment.ProcessPath!;
        string[] dll = Path.GetFileName(self) == "dotnet" ? [typeof(WorkerProcess).Assembly.Location] : [];
        return new ProcessStartInfo(self, [.. dll, Verb, socket]) { RedirectStandardInput = true, RedirectStandardOutput = true };
    }
}
