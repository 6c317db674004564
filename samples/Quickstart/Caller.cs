using Acomm.Adapters;
using Acomm.Effects;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Acomm.Samples.Quickstart;

/// <summary>This process: a node of its own, so that it can be answered, and the order of the steps.</summary>
internal static class Caller
{
    public static async Task<int> RunAsync(string fileName)
    {
        var screen = new Screen();
        using var signals = new Signals();
        try
        {
            var file = await SampleFile.ReadAsync(fileName, signals.Token);
            return await file.MatchAsync(RightAsync: f => RunAsync(f, screen, signals.Token), Left: problem => Fail(problem, 2));
        }
        catch (Exception) when (signals.Token.IsCancellationRequested)
        {
            return Fail("interrupted; everything was cleaned up", 130);
        }
        catch (Exception e) when (e is NotAsExpectedException or AcommStartException or OptionsValidationException or IOException or TimeoutException)
        {
            return Fail($"WRONG: {e.Message}", 1);
        }
    }

    private static async Task<int> RunAsync(SampleFile file, Screen screen, CancellationToken cancel)
    {
        screen.Line("file", $"{file.Name}: {file.Digest.Bytes:N0} bytes, sha256 {file.Digest.Sha256[..16]}...");
        using var directory = TempDirectory.Create();
        await using var app = NewApp(Path.Combine(directory.FullName, "caller.sock"));
        await app.StartAsync(cancel);
        await using var worker = await WorkerProcess.StartAsync(directory.FullName, cancel);
        screen.Line("worker", $"process {worker.Id} takes work at {worker.UnixAddress} and {worker.HttpAddress}");

        var steps = new Steps(app.Services.GetRequiredService<IAcomm>(), worker, screen, cancel);
        screen.Line("unix", await steps.SendThereAndBackAsync(file, worker.UnixAddress, "unix"));
        screen.Line("http", await steps.SendThereAndBackAsync(file, worker.HttpAddress, "http"));
        screen.Line("failure", await steps.FailAsync());
        screen.Line("timeout", await steps.TimeOutAsync());
        screen.Line("drain", await steps.DrainAsync(stopCaller: app.StopAsync));
        Expect.Same("", string.Join(' ', Directory.EnumerateFileSystemEntries(directory.FullName)), "what is left of the sockets");
        screen.Line("done", "all of it was right, and no socket file is left");
        return 0;
    }

    private static WebApplication NewApp(string socket)
    {
        var builder = Web.NewBuilder();
        builder.Services.AddAcomm(o => o.SocketPath = socket);
        var app = builder.Build();
        app.MapAcomm("/");
        return app;
    }

    private static int Fail(string problem, int exitCode)
    {
        try
        {
            Console.Error.WriteLine(problem);
        }
        catch (IOException)
        {
            // The terminal is gone, and nobody is there to be told.
        }

        return exitCode;
    }
}
