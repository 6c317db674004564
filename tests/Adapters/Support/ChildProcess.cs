using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Acomm.AdapterTests.Support;

/// <summary>A process that runs one of the modes of <see cref="ChildProgram"/>, to be killed or held by its test.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private const int SigKill = 9;
    private static readonly int SigStop = OperatingSystem.IsMacOS() ? 17 : 19;
    private static readonly int SigContinue = OperatingSystem.IsMacOS() ? 19 : 18;

    private readonly Process process;

    private ChildProcess(Process process) => this.process = process;

    public int Id => process.Id;

    public static ChildProcess Start(params string[] arguments) => new(
        Process.Start(new ProcessStartInfo("dotnet", [typeof(ChildProcess).Assembly.Location, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        }) ?? throw new InvalidOperationException("it did not start"));

    /// <summary>The next line that it printed.</summary>
    public async Task<string> LineAsync() =>
        await process.StandardOutput.ReadLineAsync().Within() ?? throw new InvalidOperationException("it ended");

    public Task WriteLineAsync(string line) => process.StandardInput.WriteLineAsync(line);

    /// <summary>Ends it as a crash does: nothing of its own runs any more.</summary>
    public void Kill() => Signal(SigKill);

    /// <summary>Holds it.</summary>
    public void Hold() => Signal(SigStop);

    /// <summary>Lets it go on.</summary>
    public void Continue() => Signal(SigContinue);

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private void Signal(int signal) => Assert.Equal(0, SendSignal(process.Id, signal));

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int SendSignal(int process, int signal);
}
