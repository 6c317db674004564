namespace Acomm.AdapterTests.Processes;

/// <summary>A process that is held for a while, by a debugger or a machine that sleeps, and goes on.</summary>
public sealed class HeldProcessTests : IDisposable
{
    private const int Calls = 20;
    private const int ShortMillis = 2_000;
    private const int LongMillis = 600_000;
    private readonly TempDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task What_became_overdue_times_out_once_and_nothing_does_early()
    {
        await using var peer = new GoUnixPeer();
        await using var caller = ChildProcess.Start("call", directory.At("caller.sock"), peer.Url, $"{Calls}", $"{ShortMillis}", $"{LongMillis}");
        for (var i = 0; i < 2 * Calls; i++)
            await peer.NextAsync();

        caller.Hold();
        await Task.Delay(ShortMillis + 500);
        caller.Continue();
        var overdue = await LinesAsync(caller, Calls);
        await caller.WriteLineAsync("give the others up");
        var others = await LinesAsync(caller, Calls);

        Assert.All(overdue, line => Assert.Equal(($"{ShortMillis}", "TimedOut"), (line[0], line[1])));
        Assert.All(overdue, line => Assert.InRange(int.Parse(line[2], null), ShortMillis, int.MaxValue));
        Assert.All(others, line => Assert.Equal(($"{LongMillis}", "Cancelled"), (line[0], line[1])));
        Assert.Equal("open 0", await caller.LineAsync());
    }

    private static async Task<List<string[]>> LinesAsync(ChildProcess child, int count)
    {
        var lines = new List<string[]>();
        while (lines.Count < count)
            lines.Add((await child.LineAsync()).Split(' '));
        return lines;
    }
}
