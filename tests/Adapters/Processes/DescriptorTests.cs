using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
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
