using System.Runtime.InteropServices;
using Acomm.Adapters;
using Acomm.Domain;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Acomm.Samples.Quickstart;

/// <summary>The other process: a node that packs files, on a unix socket and over HTTP.</summary>
internal static class Worker
{
    public static async Task<int> RunAsync(string directory)
    {
        // The caller gets it too, if the terminal goes, and the worker ends because of that.
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal => signal.Cancel = true);
        var socket = Path.Combine(directory, "worker.sock");
        var builder = Web.NewBuilder();
        builder.Services.AddAcomm(o => o.SocketPath = socket)
            .AddTask<PackArgs, Digest>("pack", (args, call, cancel) => Packing.PackAsync(args, call, directory, cancel))
            .AddTask<NapArgs, NapArgs>("nap", async (args, _, cancel) =>
            {
                await Task.Delay(args.Ms, cancel);
                return args;
            });

        await using var app = builder.Build();
        app.MapAcomm("/");
        try
        {
            await app.StartAsync();
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C while it started.
            return 1;
        }

        var unix = Address.Unix(socket).Map(address => address.ToString()).IfLeft("");
        Console.WriteLine(string.Join(' ', WorkerProcess.Ready, unix, app.Urls.First()));
        var callerIsGone = StopWhenToldAsync(app);
        await app.WaitForShutdownAsync();
        if (callerIsGone.IsCompleted && await callerIsGone)
            TempDirectory.Remove(directory);
        return 0;
    }

    // The caller writes one line to stop the worker. Without it, the end of the input means that the caller was killed.
    private static async Task<bool> StopWhenToldAsync(WebApplication app)
    {
        using var input = new StreamReader(Console.OpenStandardInput());
        var told = await input.ReadLineAsync();
        app.Lifetime.StopApplication();
        return told is null;
    }
}

internal sealed record NapArgs(int Ms);
