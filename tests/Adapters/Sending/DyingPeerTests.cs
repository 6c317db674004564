using System.Net.Sockets;
using Acomm.Domain;
using Acomm.Effects;

namespace Acomm.AdapterTests.Sending;

/// <summary>Peers that go at each point of the exchange: what is known of the request, and whether it is still waited for.</summary>
public sealed class DyingPeerTests : IDisposable
{
    private static readonly RawJson Big = RawJson.Parse($"\"{new string('x', 900_000)}\"").Ok();
    private readonly TempDirectory directory = new();
    private readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    public static TheoryData<string, bool> Points => new()
    {
        { "before it accepts", false },
        { "when it has accepted", false },
        { "when it has accepted", true },
        { "after a byte", false },
        { "after the header", false },
        { "after the header", true },
        { "in the middle", false },
        { "in the middle", true },
        { "before the acknowledgement", false },
        { "before the acknowledgement", true },
        { "in the header of the acknowledgement", false },
        { "in the acknowledgement", false },
    };

    public void Dispose()
    {
        listener.Dispose();
        directory.Dispose();
    }

    [Theory]
    [MemberData(nameof(Points))]
    [Trait("Go", "defect")]
    public async Task A_request_whose_peer_goes_is_kept_if_any_of_it_was_written_and_ends_if_not(string point, bool big)
    {
        await using var node = await TestNode.StartAsync(TestTasks.Echo);
        var call = Begin(node, big ? Big : RawJson.Null);

        await DieAsync(point);

        var failed = await node.Events.First<NodeEvent.SendFailed>();
        Assert.IsType<AcommError.PeerClosed>(failed.Error);
        if (failed.Error.Delivery == Delivery.NotSent)
        {
            // The one point at which it can be: the peer went before the first byte.
            Assert.Equal("when it has accepted", point);
            Assert.Same(failed.Error, await call.Answer.Error());
        }
        else
        {
            Assert.Equal(Delivery.Indeterminate, failed.Error.Delivery);
            Assert.False(call.Answer.IsCompleted);
            Assert.Equal(1, node.Acomm.Outstanding);

            // It may have been taken, and then its answer still completes it.
            var ack = await GoWire.SendAsync(node.SocketPath, GoWire.CeranaResponse(call.Id.Value, "it was taken"));
            Assert.Equal("", (string?)ack["error"]);
            await call.Answer.Ok();
        }

        Assert.Equal(0, node.Acomm.Outstanding);
        Assert.Equal("goes on", await node.Acomm.CallAsync<string, string>(node.Unix, "echo", "goes on").Ok());
    }

    [Fact]
    public async Task A_peer_that_goes_after_its_acknowledgement_has_taken_the_request()
    {
        await using var node = await TestNode.StartAsync();
        var call = Begin(node, RawJson.Null);
        Listen();
        using (var socket = await listener.AcceptAsync().Within())
        await using (var connection = new NetworkStream(socket))
        {
            await GoWire.ReadAsync(connection);
            await connection.WriteAsync(GoWire.Framed(GoWire.Ack()));
        }

        var ack = await GoWire.SendAsync(node.SocketPath, GoWire.CeranaResponse(call.Id.Value, 7));

        Assert.Equal("", (string?)ack["error"]);
        Assert.Equal("7", (await call.Answer.Ok()).Result.ToString());
        Assert.Empty(node.Events.All<NodeEvent.SendFailed>());
    }

    [Fact]
    public async Task A_silent_peer_is_given_up_after_the_limit_and_the_request_is_kept()
    {
        var silence = new TaskCompletionSource();
        await using var peer = new GoUnixPeer((_, _) => silence.Task);
        await using var node = await TestNode.WithLimitsAsync(l => l with { AckRead = TimeSpan.FromMilliseconds(50) });
        var call = node.Acomm.Begin(Address.Parse(peer.Url).Ok(), TaskName.Parse("t").Ok(), RawJson.Null, CallOptions.None);

        var failed = await node.Events.First<NodeEvent.SendFailed>();

        Assert.Equal(TimeSpan.FromMilliseconds(50), Assert.IsType<AcommError.AckTimeout>(failed.Error).Limit);
        Assert.Equal(Delivery.Indeterminate, failed.Error.Delivery);
        Assert.Equal(1, node.Acomm.Outstanding);
        Assert.False(call.Answer.IsCompleted);
        silence.SetResult();
    }

    [Fact]
    public async Task A_peer_whose_queue_is_full_for_a_moment_gets_the_request_when_it_has_room()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        Listen(backlog: 0);
        using var first = await GoWire.DialAsync(directory.At("peer.sock"));
        await using var node = await TestNode.StartAsync(time: time);
        var call = Begin(node, RawJson.Null);

        using var made = await listener.AcceptAsync().Within();
        var next = listener.AcceptAsync();
        while (!next.IsCompleted && !call.Answer.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.WhenAny(next, Task.Delay(5));
        }

        using var retried = await next.Within();
        await using var connection = new NetworkStream(retried);
        Assert.Equal(call.Id.Value, (string?)(await GoWire.ReadAsync(connection))["id"]);
        Assert.Equal(1, node.Acomm.Outstanding);
    }

    private PendingCall Begin(TestNode node, RawJson args)
    {
        if (!listener.IsBound)
            Listen();
        return node.Acomm.Begin(Address.Unix(directory.At("peer.sock")).Ok(), TaskName.Parse("t").Ok(), args, CallOptions.None);
    }

    private void Listen(int backlog = 1)
    {
        if (listener.IsBound)
            return;
        listener.Bind(new UnixDomainSocketEndPoint(directory.At("peer.sock")));
        listener.Listen(backlog);
    }

    private async Task DieAsync(string point)
    {
        if (point == "before it accepts")
        {
            // It has connected when something can be accepted.
            await Task.Run(() => listener.Poll(TimeSpan.FromSeconds(30), SelectMode.SelectRead)).Within();
            listener.Dispose();
            return;
        }

        using var socket = await listener.AcceptAsync().Within();
        await using var connection = new NetworkStream(socket);
        switch (point)
        {
            case "when it has accepted":
                return;
            case "after a byte":
                await connection.ReadExactlyAsync(new byte[1]).AsTask().Within();
                return;
            case "after the header":
                await connection.ReadExactlyAsync(new byte[4]).AsTask().Within();
                return;
            case "in the middle":
                await connection.ReadExactlyAsync(new byte[40]).AsTask().Within();
                return;
            case "before the acknowledgement":
                await GoWire.ReadAsync(connection);
                return;
            case "in the header of the acknowledgement":
                await GoWire.ReadAsync(connection);
                await connection.WriteAsync(new byte[] { 0, 0 });
                return;
            case "in the acknowledgement":
                await GoWire.ReadAsync(connection);
                await connection.WriteAsync(GoWire.Framed(GoWire.Ack()).AsMemory(0, 20));
                return;
            default:
                throw new ArgumentException(point);
        }
    }
}
