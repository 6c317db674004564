using System.Diagnostics;
using System.Text;
using Acomm.DocumentTests.Markdown;

namespace Acomm.DocumentTests.Support;

/// <summary>A block that runs as a process.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    // A guard only: several programs start at once, on a machine that has other work.
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(3);

    private readonly Block block;
    private readonly Func<string, string> asInDocument;
    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly Task<string> error;
    private int isDisposed;

    public RunningProgram(Block block, ProcessStartInfo start, Func<string, string> asInDocument)
    {
        (this.block, this.asInDocument) = (block, asInDocument);
        process = Process.Start(start) ?? throw new InvalidOperationException("it did not start");
        error = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Waits until it has printed a text. Gives all that it printed so far.</summary>
    public async Task<string> UntilAsync(string text)
    {
        while (!Printed.Contains(text, StringComparison.Ordinal))
        {
            var line = await process.StandardOutput.ReadLineAsync().WaitAsync(Bound);
            Assert.True(line is not null, $"{block} ended without printing '{text}':\n{Printed}\n{(line is null ? await error : "")}");
            output.Append(line).Append('\n');
        }

        return Printed;
    }

    /// <summary>Waits for its end, which has to be a good one. Gives all that it printed.</summary>
    public async Task<string> EndAsync()
    {
        output.Append(await process.StandardOutput.ReadToEndAsync().WaitAsync(Bound));
        await process.WaitForExitAsync().WaitAsync(Bound);
        Assert.True(process.ExitCode == 0, $"{block} ended with {process.ExitCode}:\n{Printed}\n{asInDocument(await error)}");
        return Printed;
    }

    /// <summary>Ends it with all that it started. Twice is the same as once.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref isDisposed, 1) != 0)
            return;
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private string Printed => asInDocument(output.ToString());
}
