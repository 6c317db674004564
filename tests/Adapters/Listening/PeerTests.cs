using System.Diagnostics;
using System.Net.Sockets;
using Acomm.Domain;
using Acomm.Effects;
using static LanguageExt.Prelude;

namespace Acomm.AdapterTests.Listening;

/// <summary>Who is at the other end, as the system says it, and who of them is served.</summary>
public sealed class PeerTests
{
    private static readonly SocketAccess OthersOnly = new() { AllowedUsers = Some(Seq1(Me + 1)) };

    private static uint Me { get; } = uint.Parse(Run("id", "-u"), null);

    [Fact]
    public async Task A_handler_is_told_user_group_and_process_of_its_caller()
    {
        await using var node = await TestNode.StartAsync(WhoAmI);

        var caller = await node.Acomm.CallAsync<string, string>(node.Unix, "who", "").Ok();

        Assert.Equal(new PeerIdentity.UnixProcess(Me, uint.Parse(Run("id", "-g"), null), Environment.ProcessId).ToString(), caller);
    }

    [Fact]
    public async Task A_handler_is_told_the_address_of_its_caller_over_http()
    {
        await using var node = await TestNode.StartAsync(WhoAmI);
        await using var client = await TestNode.StartAsync();

        Assert.Equal("127.0.0.1", await client.Acomm.CallAsync<string, string>(node.Http, "who", "").Ok());
    }

    [Fact]
    public async Task A_user_who_is_on_the_list_is_served()
    {
        await using var node = await TestNode.StartAsync(TestTasks.Echo, options => options.Access = new SocketAccess { AllowedUsers = Some(Seq(7u, Me)) });

        Assert.Equal("welcome", await node.Acomm.CallAsync<string, string>(node.Unix, "echo", "welcome").Ok());
    }

    [Fact]
    public async Task A_user_who_is_not_on_the_list_is_refused_without_a_word_being_read()
    {
        var gate = new Gate();
        await using var node = await TestNode.StartAsync(gate.AddTo, options => options.Access = OthersOnly);
        await using var caller = await TestNode.StartAsync();
        using var silent = await GoWire.DialAsync(node.SocketPath);
        await using var stream = new NetworkStream(silent);

        var unasked = await GoWire.ReadAsync(stream);
        var error = await caller.Acomm.CallAsync<string, string>(node.Unix, "wait", "").Error();

        Assert.Equal("PeerForbidden", (string?)unasked["code"]);
        Assert.Equal("PeerForbidden", Assert.IsType<AcommError.Rejected>(error).Code);
        Assert.Equal(0, await stream.ReadAsync(new byte[1]).Within());
        Assert.All(node.Events.All<NodeEvent.DocumentRefused>(), refused => Assert.Equal(0, refused.Bytes));
        Assert.False(gate.IsEntered);
    }

    [Fact]
    public async Task A_user_who_is_not_on_the_list_reads_no_stream_and_does_not_use_it_up()
    {
        await using var node = await TestNode.StartAsync(options: options => options.Access = OthersOnly);
        await using var caller = await TestNode.StartAsync();
        var source = new TestSource(1_000);
        var offered = node.Acomm.Streams.Offer(source.ToSource()).Ok();

        await using var stream = await caller.Acomm.Streams.OpenAsync(offered.Address, Reach.Anywhere, default).Ok();
        await Assert.ThrowsAsync<StreamTornException>(() => stream.ReadAsync(new byte[1]).Within());

        Assert.IsType<AcommError.PeerForbidden>((await node.Events.First<NodeEvent.StreamFailed>()).Error);
        Assert.Equal((0L, 0), (source.Produced, source.Disposals));
        offered.Withdraw();
        await source.Disposed;
    }

    private static void WhoAmI(Adapters.AcommBuilder acomm) =>
        acomm.AddTask<string, string>("who", (_, call, _) => Task.FromResult<Answer<string>>(call.Caller.ToString()!));

    private static string Run(string program, string argument)
    {
        using var process = Process.Start(new ProcessStartInfo(program, argument) { RedirectStandardOutput = true })!;
        return process.StandardOutput.ReadToEnd().Trim();
    }
}
