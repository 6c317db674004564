using System.Net.Sockets;
using System.Text;
using Acomm.Domain;
using Acomm.Effects;

namespace Acomm.AdapterTests.Go;

/// <summary>A peer that took a request but does not say so as it should: the call goes on until its answer or timeout.</summary>
public sealed class AcknowledgementTests
{
    public static TheoryData<string, byte[]> BadAcks => new()
    {
        { "BadAck", GoWire.Framed(Encoding.UTF8.GetBytes("certainly!")) },
        { "BadAck", GoWire.Framed(Encoding.UTF8.GetBytes("null")) },
        { "BadAck", GoWire.Framed(Encoding.UTF8.GetBytes("{}")) },
        { "BadAck", [0, 0, 0, 0] },
        { "BadAck", [255, 255, 255, 255] },
        { "PeerClosed", [] },
        { "PeerClosed", [0, 0] },
        { "PeerClosed", [0, 0, 0, 20, 1, 2, 3] },
    };

    [Theory]
    [MemberData(nameof(BadAcks))]
    public async Task A_reply_that_is_no_acknowledgement_leaves_the_call_open_for_its_answer(string error, byte[] reply)
    {
        await using var peer = new GoUnixPeer((_, connection) => connection.WriteAsync(reply).AsTask());
        await using var node = await TestNode.StartAsync();
        var call = node.Acomm.CallAsync<string, string>(peer.Url, "greet", "");

        var request = await peer.NextAsync();
        var failed = await node.Events.First<NodeEvent.SendFailed>();
        Assert.Equal(error, failed.Error.Name);
        Assert.Equal(Delivery.Indeterminate, failed.Error.Delivery);
        Assert.Equal(1, node.Acomm.Outstanding);

        await GoWire.RespondAsync(request, GoWire.MistifyResponse((string)request["id"]!, "all the same"));
        Assert.Equal("all the same", await call.Ok());
    }

    [Fact]
    [Trait("Go", "defect")]
    public async Task A_peer_that_never_acknowledges_does_not_hang_the_call_which_can_still_be_answered()
    {
        var silence = new TaskCompletionSource();
        await using var peer = new GoUnixPeer((_, _) => silence.Task);
        await using var node = await TestNode.WithLimitsAsync(l => l with { AckRead = TimeSpan.FromMilliseconds(50) });
        var call = node.Acomm.CallAsync<string, string>(peer.Url, "greet", "");

        var request = await peer.NextAsync();
        var failed = await node.Events.First<NodeEvent.SendFailed>();
        Assert.Equal(TimeSpan.FromMilliseconds(50), Assert.IsType<AcommError.AckTimeout>(failed.Error).Limit);
        Assert.Equal(1, node.Acomm.Outstanding);

        await GoWire.RespondAsync(request, GoWire.MistifyResponse((string)request["id"]!, "at last"));
        Assert.Equal("at last", await call.Ok());
        silence.SetResult();
    }

    [Fact]
    [Trait("Go", "defect")]
    public async Task A_call_times_out_on_time_while_its_peer_keeps_the_acknowledgement_back()
    {
        var silence = new TaskCompletionSource();
        await using var peer = new GoUnixPeer((_, _) => silence.Task);
        await using var node = await TestNode.StartAsync();
        var options = new CallOptions { Timeout = TimeSpan.FromMilliseconds(100) };

        Assert.IsType<AcommError.TimedOut>(await node.Acomm.RequestAsync<string, string>(peer.Url, "greet", "", options).Error());
        silence.SetResult();
    }

    [Fact]
    public async Task An_answer_that_comes_before_the_acknowledgement_completes_the_call()
    {
        await using var peer = new GoUnixPeer(async (request, connection) =>
        {
            await GoWire.RespondAsync(request, GoWire.MistifyResponse((string)request["id"]!, "quick"));
            await connection.WriteAsync(GoWire.Framed(GoWire.Ack()));
        });
        await using var node = await TestNode.StartAsync();

        Assert.Equal("quick", await node.Acomm.CallAsync<string, string>(peer.Url, "greet", "").Ok());
    }

    [Fact]
    [Trait("Go", "defect")]
    public async Task A_send_that_fails_while_its_answer_is_handled_changes_nothing()
    {
        await using var peer = new GoUnixPeer(async (request, connection) =>
        {
            await GoWire.RespondAsync(request, GoWire.MistifyResponse((string)request["id"]!, "quick"));
            await connection.WriteAsync(GoWire.Framed(GoWire.Ack("but no")));
        });
        await using var node = await TestNode.StartAsync();

        Assert.Equal("quick", await node.Acomm.CallAsync<string, string>(peer.Url, "greet", "").Ok());
        await node.Events.First<NodeEvent.SendFailed>();
        Assert.Equal((1, 0), (node.Tally.Answered, node.Tally.Rejected));
    }

    [Fact]
    [Trait("Go", "defect")]
    public async Task An_acknowledgement_may_come_byte_by_byte()
    {
        await using var peer = new GoUnixPeer(async (_, connection) =>
        {
            foreach (var one in GoWire.Framed(GoWire.Ack("no, and slowly")))
                await connection.WriteAsync(new[] { one });
        });
        await using var node = await TestNode.StartAsync();

        var error = await node.Acomm.CallAsync<string, string>(peer.Url, "greet", "").Error();

        Assert.Equal("no, and slowly", Assert.IsType<AcommError.Rejected>(error).Text);
    }

    [Fact]
    public async Task A_peer_that_reads_nothing_is_given_up_after_the_write_limit_as_indeterminate()
    {
        using var directory = new TempDirectory();
        using var deaf = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        deaf.Bind(new UnixDomainSocketEndPoint(directory.At("deaf.sock")));
        deaf.Listen(1);
        await using var node = await TestNode.WithLimitsAsync(l => l with { Write = TimeSpan.FromMilliseconds(50), FrameBytes = 4 << 20 });
        using var cancel = new CancellationTokenSource();
        var call = node.Acomm.CallAsync<string, string>($"unix://{directory.At("deaf.sock")}", "greet", new string('x', 2 << 20), cancel.Token);

        var failed = await node.Events.First<NodeEvent.SendFailed>();

        Assert.IsType<AcommError.WriteTimeout>(failed.Error);
        Assert.Equal(Delivery.Indeterminate, failed.Error.Delivery);
        Assert.Equal(1, node.Acomm.Outstanding);
        await cancel.CancelAsync();
        await call.Error();
    }
}
