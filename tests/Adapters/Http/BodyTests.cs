using System.Net.Sockets;
using System.Text;
using Acomm.Domain;
using Acomm.Effects;
using Microsoft.Extensions.Time.Testing;

namespace Acomm.AdapterTests.Http;

/// <summary>Clients that never finish their document, or never end it. Nothing of theirs is dispatched, and the node goes on.</summary>
public sealed class BodyTests
{
    [Theory]
    [InlineData("Content-Length: 100\r\n\r\n")]
    [InlineData("Content-Length: 100\r\n\r\n{\"id\":")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n6\r\n{\"id\":\r\n")]
    public async Task A_body_that_stands_still_is_cut_after_5_s(string rest)
    {
        var time = new FakeTimeProvider();
        await using var node = await TestNode.StartAsync(TestTasks.Echo, time: time);
        using var client = await BeginAsync(node, rest);
        var refused = node.Events.First<NodeEvent.DocumentRefused>();

        // The time runs from when the endpoint has begun to read, which nothing outside can see.
        await Expect.Until(() =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return refused.IsCompleted;
        });

        var cut = Assert.IsType<AcommError.FrameTimeout>((await refused).Error);
        Assert.Equal(TimeSpan.FromSeconds(5), cut.Limit);
        Assert.StartsWith("HTTP/1.1 408 ", await FirstLineAsync(client), StringComparison.Ordinal);
        await AssertGoesOnAsync(node);
    }

    [Fact]
    public async Task A_body_of_a_byte_a_second_is_cut_when_the_time_for_all_of_it_is_over()
    {
        var time = new FakeTimeProvider();
        await using var node = await TestNode.StartAsync(TestTasks.Echo, time: time);
        using var client = await BeginAsync(node, "Content-Length: 100\r\n\r\n");
        var refused = node.Events.First<NodeEvent.DocumentRefused>();

        // Its last byte never comes; the time is let pass until it is seen.
        for (var sent = 0; !refused.IsCompleted; sent++)
        {
            try
            {
                if (sent < 99)
                    await client.GetStream().WriteAsync(" "u8.ToArray());
            }
            catch (IOException)
            {
                // It was refused a moment ago, and is about to be told of.
                break;
            }

            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.IsType<AcommError.FrameTimeout>((await refused).Error);
        await AssertGoesOnAsync(node);
    }

    [Theory]
    [InlineData("Content-Length: 100\r\n\r\n{\"id\":", 100)]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n6\r\n{\"id\":\r\n", 1)]
    public async Task A_client_that_dies_within_its_body_is_told_of_as_truncated(string rest, long atLeast)
    {
        await using var node = await TestNode.StartAsync(TestTasks.Echo);
        using (var client = await BeginAsync(node, rest))
            client.Client.Shutdown(SocketShutdown.Send);

        var truncated = Assert.IsType<AcommError.FrameTruncated>((await node.Events.First<NodeEvent.DocumentRefused>()).Error);

        Assert.InRange(truncated.WantedBytes, atLeast, 100);
        await AssertGoesOnAsync(node);
    }

    [Fact]
    public async Task A_chunked_body_without_end_is_refused_at_the_limit()
    {
        await using var node = await TestNode.StartAsync(TestTasks.Echo);
        using var client = await BeginAsync(node, "Transfer-Encoding: chunked\r\n\r\n");
        var writing = WriteWithoutEndAsync(client.GetStream());

        var refused = Assert.IsType<AcommError.FrameTooLong>((await node.Events.First<NodeEvent.DocumentRefused>()).Error);

        Assert.Equal((1 << 20, (1 << 20) + 1), (refused.LimitBytes, refused.ValueBytes));
        Assert.StartsWith("HTTP/1.1 413 ", await FirstLineAsync(client), StringComparison.Ordinal);
        client.Close();
        await writing.Within();
        await AssertGoesOnAsync(node);
    }

    [Fact]
    public async Task A_length_above_the_limit_is_refused_before_the_body_comes()
    {
        await using var node = await TestNode.StartAsync(TestTasks.Echo);
        using var client = await BeginAsync(node, "Content-Length: 1048577\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 413 ", await FirstLineAsync(client), StringComparison.Ordinal);
        Assert.IsType<AcommError.FrameTooLong>((await node.Events.First<NodeEvent.DocumentRefused>()).Error);
    }

    private static async Task<TcpClient> BeginAsync(TestNode node, string rest)
    {
        var client = new TcpClient();
        var address = new Uri(node.Http);
        await client.ConnectAsync(address.Host, address.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n{rest}"));
        return client;
    }

    private static Task<string?> FirstLineAsync(TcpClient client) => new StreamReader(client.GetStream()).ReadLineAsync().Within();

    private static async Task WriteWithoutEndAsync(NetworkStream stream)
    {
        try
        {
            while (true)
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"1000\r\n{new string(' ', 0x1000)}\r\n"));
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // Cut, by the node or by the test.
        }
    }

    private static async Task AssertGoesOnAsync(TestNode node)
    {
        await using var peer = await GoHttpPeer.StartAsync();
        await GoHttpPeer.PostAsync(node.Http, GoWire.CeranaRequest("next", "echo", peer.Hook, 1));
        Assert.Equal("next", (string?)(await peer.NextAsync())["id"]);
        Assert.Equal(1, node.Tally.Registered);
    }
}
