using System.Runtime.InteropServices;

namespace Acomm.Cli;

/// <summary>The first signal asks for an end, the second one for a quick one; a third one is not held up.</summary>
internal sealed class Signals : IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly CancellationTokenSource hurry = new();
    private readonly PosixSignalRegistration[] registrations;

    public Signals() => registrations = [On(PosixSignal.SIGINT), On(PosixSignal.SIGTERM), On(PosixSignal.SIGHUP)];

    /// <summary>An end is asked for.</summary>
    public CancellationToken Stop => stop.Token;

    /// <summary>Now.</summary>
    public CancellationToken Hurry => hurry.Token;

    /// <summary>What a command exits with that was ended by it, as shells do it.</summary>
    public int ExitCode { get; private set; } = ExitCodes.Interrupted;

    /// <summary>Waits for the first one.</summary>
    public async Task WaitAsync()
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var onStop = Stop.Register(stopped.SetResult);
        await stopped.Task;
    }

    public void Dispose()
    {
        foreach (var registration in registrations)
            registration.Dispose();
        stop.Dispose();
        hurry.Dispose();
    }

    private PosixSignalRegistration On(PosixSignal signal) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = !hurry.IsCancellationRequested;
        if (signal == PosixSignal.SIGTERM)
            ExitCode = ExitCodes.Terminated;
        (stop.IsCancellationRequested ? hurry : stop).Cancel();
    });
}
