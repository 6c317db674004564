using System.Net;
using System.Net.Sockets;
using Acomm.Domain;
using Acomm.Effects;

namespace Acomm.AdapterTests.Http;

/// <summary>
/// A server that dies at any point of the exchange may have taken the request: the call stays open, the answer may still
/// come, and the node goes on.
/// </summary>
public sealed class DyingServerTests
{
    public enum Point
    {
        AfterAccepting,
        AfterTheHead,
        WithinTheBody,
        AfterTheBody,
    }

    [Theory]
    [InlineData(Point.AfterAccepting)]
    [InlineData(Point.AfterTheHead)]
    [InlineData(Point.WithinTheBody)]
    [InlineData(Point.AfterTheBody)]
    public async Task The_request_is_indeterminate_and_its_answer_still_completes_it(Point point)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var node = await TestNode.StartAsync(TestTasks.Echo);
        var options = new CallOptions { Id = RequestId.Parse("kept").Ok() };
        var call = node.Acomm.RequestAsync<string, string>($"http://{listener.LocalEndpoint}/", "greet", new string('x', 500_000), options);

        await DieAsync(listener, point);
        var failed = await node.Events.First<NodeEvent.SendFailed>();

        Assert.Equal(Delivery.Indeterminate, Assert.IsType<AcommError.PeerClosed>(failed.Error).Delivery);
        Assert.Equal(1, node.Acomm.Outstanding);
        await GoWire.SendAsync(node.SocketPath, GoWire.MistifyResponse("kept", "late but there"));
        Assert.Equal("late but there", (await call.Ok()).Result);
        Assert.Equal("on", await node.Acomm.CallAsync<string, string>(node.Unix, "echo", "on").Ok());
    }

    // The system had taken the connection. Whether the client got so far as to write is told, and kept, either way.
    [Fact]
    public async Task A_server_that_dies_before_it_accepts_was_not_sent_to_or_is_indeterminate()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var node = await TestNode.StartAsync();
        using var cancel = new CancellationTokenSource();
        var call = node.Acomm.CallAsync<string, string>($"http://{listener.LocalEndpoint}/", "greet", "", cancel.Token);

        await Expect.Until(listener.Pending);
        listener.Stop();
        var failed = await node.Events.First<NodeEvent.SendFailed>();
        await cancel.CancelAsync();
        var error = await call.Error();

        Assert.True(failed.Error is AcommError.PeerClosed or AcommError.PeerUnreachable, failed.Error.ToString());
        Assert.IsType(failed.Error.Delivery.IsFinal() ? failed.Error.GetType() : typeof(AcommError.Cancelled), error);
    }

    private static async Task DieAsync(TcpListener listener, Point point)
    {
        using var connection = await listener.AcceptSocketAsync().Within();
        listener.Stop();
        await using var stream = new NetworkStream(connection);
        switch (point)
        {
            case Point.AfterTheHead:
                await ReadHeadAsync(stream);
                break;
            case Point.WithinTheBody:
                await ReadHeadAsync(stream);
                await stream.ReadExactlyAsync(new byte[1_000]).AsTask().Within();
                break;
            case Point.AfterTheBody:
                await stream.ReadExactlyAsync(new byte[await ReadHeadAsync(stream)]).AsTask().Within();
                break;
        }
    }

    // Gives the length of the body.
    private static async Task<int> ReadHeadAsync(NetworkStream stream)
    {
        var head = "";
        var one = new byte[1];
        while (!head.EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one).AsTask().Within();
            head += (char)one[0];
        }

        var length = head.Split("\r\n").Single(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        return int.Parse(length.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture);
    }
}
