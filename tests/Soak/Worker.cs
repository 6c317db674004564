using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;

namespace Acomm.Soak;

/// <summary>The process of a worker. It tells on its standard output when it is ready, and what went wrong.</summary>
internal static class Worker
{
    public static async Task<int> RunAsync(string socket)
    {
        // If the terminal goes, the process that started it ends it.
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal => signal.Cancel = true);
        var wrongs = new Wrongs(tell: (wrong, isUnhandled) => Tell($"{(isUnhandled ? WorkerProcess.Unhandled : WorkerProcess.Wrong)} {wrong}")).Watch();
        await using var app = Hosting.NewNode(socket, wrongs, Tasks.AddTo);
        await app.StartAsync();
        Tell($"{WorkerProcess.Ready} {app.Urls.First()}");
        _ = StopWithParentAsync(app.Lifetime);
        await app.WaitForShutdownAsync();

        // What nobody looked at is told by its finalizer.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return 0;
    }

    // The end of its input is that of the process that started it.
    private static async Task StopWithParentAsync(IHostApplicationLifetime lifetime)
    {
        await Console.OpenStandardInput().CopyToAsync(Stream.Null);
        lifetime.StopApplication();
    }

    private static void Tell(string line)
    {
        try
        {
            Console.WriteLine(line);
        }
        catch (IOException)
        {
            // Nobody is there to be told.
        }
    }
}
