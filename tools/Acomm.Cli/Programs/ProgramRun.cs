using System.ComponentModel;
using System.Diagnostics;
using Acomm.Domain;
using Acomm.Effects;

namespace Acomm.Cli.Programs;

/// <summary>A program to be run, without a shell.</summary>
/// <param name="File">Its path.</param>
/// <param name="Arguments">Its arguments.</param>
internal sealed record ProgramLine(string File, IReadOnlyList<string> Arguments);

/// <summary>How a program ended.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">What it wrote on its standard output.</param>
/// <param name="Errors">The end of what it wrote on its standard error.</param>
internal sealed record ProgramEnd(int ExitCode, ReadOnlyMemory<byte> Output, ReadOnlyMemory<byte> Errors);

/// <summary>Runs a program once: something on its standard input, and what it writes, up to a limit.</summary>
internal static class ProgramRun
{
    /// <summary>No more is taken of its output: what an answer can hold.</summary>
    public static readonly int OutputLimitBytes = Limits.Default.FrameBytes;

    private const int ErrorsKeptBytes = 4 << 10;

    /// <summary>
    /// Runs it to its end. It is killed, with all that it started, when the token is cancelled, when its input breaks off,
    /// and when its output is above the limit; the last two are an <see cref="AcommException"/>.
    /// </summary>
    /// <param name="program">The program.</param>
    /// <param name="environment">Variables beside those of this process.</param>
    /// <param name="input">Writes its standard input.</param>
    /// <param name="errors">Takes its standard error.</param>
    /// <param name="cancel">Kills it.</param>
    public static async Task<ProgramEnd> RunAsync(
        ProgramLine program, IReadOnlyDictionary<string, string> environment, Func<Stream, CancellationToken, Task> input, Stream errors, CancellationToken cancel)
    {
        using var process = Start(program, environment);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        try
        {
            var writing = WriteAsync(process.StandardInput.BaseStream, input, ended.Token, cancel);
            var output = ReadAsync(process.StandardOutput.BaseStream);
            var told = KeepEndAsync(process.StandardError.BaseStream, errors);
            var exited = ExitAsync(process, ended);
            await foreach (var done in Task.WhenEach(writing, output, told, exited).WithCancellation(cancel))
                await done;
            return new ProgramEnd(process.ExitCode, await output, await told);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private static Process Start(ProgramLine program, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program.File, program.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        try
        {
            return Process.Start(start) ?? throw new IOException("it did not start");
        }
        catch (Win32Exception e)
        {
            throw new IOException(e.Message, e);
        }
    }

    private static async Task ExitAsync(Process process, CancellationTokenSource ended)
    {
        await process.WaitForExitAsync(CancellationToken.None);
        await ended.CancelAsync();
    }

    // Who does not want all of its input closes it, or ends.
    private static async Task WriteAsync(Stream to, Func<Stream, CancellationToken, Task> input, CancellationToken ended, CancellationToken cancel)
    {
        try
        {
            await using (to)
                await input(to, ended);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException && !cancel.IsCancellationRequested)
        {
            return;
        }
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(Stream from)
    {
        var all = new MemoryStream();
        var buffer = new byte[16 << 10];
        while (await from.ReadAsync(buffer) is > 0 and var read)
        {
            all.Write(buffer.AsSpan(0, read));
            if (all.Length > OutputLimitBytes)
                throw new AcommException(new AcommError.ValueInvalid("its output", $"has more than {OutputLimitBytes} bytes, the limit"));
        }

        return all.ToArray();
    }

    private static async Task<ReadOnlyMemory<byte>> KeepEndAsync(Stream from, Stream to)
    {
        var kept = Array.Empty<byte>();
        var buffer = new byte[ErrorsKeptBytes];
        while (await from.ReadAsync(buffer) is > 0 and var read)
        {
            await to.WriteAsync(buffer.AsMemory(0, read));
            kept = [.. kept.Concat(buffer.Take(read)).TakeLast(ErrorsKeptBytes)];
        }

        return kept;
    }
}
