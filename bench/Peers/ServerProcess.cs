using System.Diagnostics;

namespace Acomm.Bench.Peers;

/// <summary>This program once more, as a server of one kind, in a directory of its own. It ends with its standard input.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    public const string Verb = "serve";
    public const string Ready = "ready";

    private readonly Process process;

    private ServerProcess(Process process, string directory) => (this.process, Directory) = (process, directory);

    public string Directory { get; }

    public static async Task<ServerProcess> StartAsync(PeerKind kind)
    {
        var directory = System.IO.Directory.CreateTempSubdirectory("acomm-bench-").FullName;
        var self = Environment.ProcessPath!;
        string[] dll = Path.GetFileName(self) == "dotnet" ? [typeof(ServerProcess).Assembly.Location] : [];
        var start = new ProcessStartInfo(self, [.. dll, Verb, kind.Key, directory]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        var server = new ServerProcess(Process.Start(start)!, directory);
        if (await server.process.StandardOutput.ReadLineAsync() != Ready)
            throw new InvalidOperationException($"the server {kind.Key} did not start");
        return server;
    }

    /// <summary>The other side: serves until the caller closes our input.</summary>
    public static async Task<int> ServeAsync(PeerKind kind, string directory)
    {
        using var end = new CancellationTokenSource();
        var serving = kind.ServeAsync(directory, () => Console.WriteLine(Ready), end.Token);
        var closed = Console.In.ReadLineAsync();
        if (await Task.WhenAny(serving, closed) == serving)
            await serving;
        await end.CancelAsync();
        return 0;
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
        System.IO.Directory.Delete(Directory, recursive: true);
    }
}
