using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Acomm.Domain;

namespace Acomm.AdapterTests.Processes;

/// <summary>A node that has no file descriptors left.</summary>
public sealed class DescriptorTests : IDisposable
{
    private const int Spare = 10;
    private readonly TempDirectory directory = new();

    private string SocketPath => directory.At("node.sock");

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task It_waits_ever_longer_uses_no_processor_and_recovers_by_itself()
    {
        if (!OperatingSystem.IsLinux())
            return;
        await using var node = await NodeProcess.StartAsync("--socket", SocketPath);
        await using var peer = new GoUnixPeer();
        await CallAsync(peer, "before");
        LimitDescriptors(node.Id, Open(node.Id) + Spare);
        var silent = new List<Socket>();
        for (var i = 0; i < 200; i++)
            silent.Add(await GoWire.DialAsync(SocketPath));

        await node.LogUntilAsync("tried again in 1000 ms");
        var used = ProcessorTime(node.Id);
        var again = await node.LogUntilAsync("tried again in 1000 ms");
        used = ProcessorTime(node.Id) - used;

        // A loop that spins has used all of this second.
        Assert.InRange(used, TimeSpan.Zero, AcceptBackoff.Longest / 2);
        Assert.Contains("No connection could be accepted", again, StringComparison.Ordinal);
        silent.ForEach(socket => socket.Dispose());
        await CallAsync(peer, "after");
        node.Terminate();
        Assert.Equal(0, (await node.ExitAsync()).ExitCode);
    }

    [Fact]
    public async Task Requests_that_each_want_a_connection_and_a_socket_do_not_end_it()
    {
        if (!OperatingSystem.IsLinux())
            return;
        const int Requests = 300;
        await using var node = await NodeProcess.StartAsync("--socket", SocketPath, "--drain", "1");
        await using var peer = new GoUnixPeer();
        await CallAsync(peer, "before");
        await using var stream = new NetworkStream(await GoWire.DialAsync(SocketPath), ownsSocket: true);
        await AskAsync(stream, Blob("first", peer));
        Assert.Equal("first", (string?)(await peer.NextAsync())["id"]);
        LimitDescriptors(node.Id, Open(node.Id) + (3 * Spare));

        await stream.WriteAsync(Enumerable.Range(0, Requests).SelectMany(i => GoWire.Framed(Blob($"{i}", peer))).ToArray());
        for (var i = 0; i < Requests; i++)
            Assert.Equal("", (string?)(await GoWire.ReadAsync(stream))["error"]);

        await node.LogUntilAsync("PeerUnreachable");
        await AskAsync(stream, GoWire.CeranaRequest("after", "echo", hook: null, args: "after"));
        node.Terminate();
        Assert.Equal(0, (await node.ExitAsync()).ExitCode);
    }

    private static JsonObject Blob(string id, GoUnixPeer peer) =>
        GoWire.CeranaRequest(id, "blob", peer.Url, new JsonObject { ["bytes"] = 1 });

    private static async Task AskAsync(NetworkStream stream, JsonObject request)
    {
        request["keepOpen"] = true;
        await stream.WriteAsync(GoWire.Framed(request));
        Assert.Equal("", (string?)(await GoWire.ReadAsync(stream))["error"]);
    }

    private async Task CallAsync(GoUnixPeer peer, string text)
    {
        await GoWire.SendAsync(SocketPath, GoWire.CeranaRequest(text, "echo", peer.Url, text));
        Assert.Equal(text, (string?)(await peer.NextAsync())["result"]);
    }

    private static int Open(int process) => Directory.GetFiles($"/proc/{process}/fd").Length;

    private static void LimitDescriptors(int process, int limit)
    {
        using var prlimit = Process.Start("prlimit", ["--pid", $"{process}", $"--nofile={limit}:{limit}"]);
        prlimit.WaitForExit();
        Assert.Equal(0, prlimit.ExitCode);
    }

    // The fields 14 and 15: user and system time in hundredths of a second. The second one is a name, in brackets.
    private static TimeSpan ProcessorTime(int process)
    {
        var stat = File.ReadAllText($"/proc/{process}/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return TimeSpan.FromMilliseconds(10 * fields[11..13].Sum(ticks => long.Parse(ticks, CultureInfo.InvariantCulture)));
    }
}
