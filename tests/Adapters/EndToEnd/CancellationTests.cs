using Acomm.Domain;
using Acomm.Effects;

namespace Acomm.AdapterTests.EndToEnd;

public sealed class CancellationTests
{
    [Fact]
    public async Task A_cancelled_call_ends_at_once_and_leaves_nothing_open()
    {
        await using var peer = new GoUnixPeer();
        await using var caller = await TestNode.StartAsync();
        using var cancel = new CancellationTokenSource();
        var call = caller.Acomm.CallAsync<string, string>(peer.Url, "echo", "", cancel.Token);
        await peer.NextAsync();

        await cancel.CancelAsync();

        Assert.IsType<AcommError.Cancelled>(await call.Error());
        Assert.Equal(0, caller.Acomm.Outstanding);
        Assert.Equal(1, caller.Tally.Cancelled);
    }

    [Fact]
    public async Task A_response_after_a_cancellation_is_late()
    {
        await using var peer = new GoUnixPeer();
        await using var caller = await TestNode.StartAsync();
        using var cancel = new CancellationTokenSource();
        var call = caller.Acomm.CallAsync<string, string>(peer.Url, "echo", "", cancel.Token);
        var request = await peer.NextAsync();
        await cancel.CancelAsync();
        await call.Error();

        var ack = await GoWire.SendAsync(caller.SocketPath, GoWire.MistifyResponse((string)request["id"]!, "late"));

        Assert.Equal("ResponseLate", (string?)ack["code"]);
    }

    [Fact]
    public async Task A_call_with_a_cancelled_token_sends_nothing_and_disposes_its_stream()
    {
        await using var caller = await TestNode.StartAsync();
        var source = new TestSource(10);
        var options = new CallOptions { Stream = source.ToSource() };

        var error = await caller.Acomm.RequestAsync<string, string>(caller.Unix, "echo", "", options, new CancellationToken(true)).Error();

        Assert.IsType<AcommError.Cancelled>(error);
        Assert.Equal(1, source.Disposals);
        Assert.Equal(0, caller.Tally.Registered);
    }

    [Fact]
    public async Task A_call_can_be_cancelled_while_its_peer_keeps_the_acknowledgement_back()
    {
        await using var caller = await TestNode.StartAsync();
        var silent = new TaskCompletionSource();
        await using var peer = new GoUnixPeer((_, _) => silent.Task);
        using var cancel = new CancellationTokenSource();
        var call = caller.Acomm.CallAsync<string, string>(peer.Url, "echo", "", cancel.Token);
        await peer.NextAsync();

        await cancel.CancelAsync();

        Assert.IsType<AcommError.Cancelled>(await call.Error());
        silent.SetResult();
    }
}
