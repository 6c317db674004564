using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Acomm.Effects;

namespace Acomm.AdapterTests.Listening;

/// <summary>Whatever bytes come on the socket, they are refused by name and nothing else is disturbed.</summary>
public sealed class FrameTests
{
    public static TheoryData<string, string, byte[]> BadFrames => new()
    {
        { "FrameEmpty", "no payload", [0, 0, 0, 0] },
        { "FrameTooLong", "one byte above the limit", Header(1_001) },
        { "FrameTooLong", "4 GiB", [255, 255, 255, 255] },
        { "FrameTruncated", "cut in its header", [0, 0] },
        { "FrameTruncated", "cut in its payload", [0, 0, 0, 9, (byte)'{'] },
        { "TrailingBytes", "a byte behind the frame", [.. Frame("{}"), 0] },
        { "TrailingBytes", "a second frame", [.. Frame("{}"), .. Frame("{}")] },
        { "DocumentMalformed", "no JSON", Frame("hello") },
        { "DocumentMalformed", "null", Frame("null") },
        { "DocumentMalformed", "a list", Frame("[]") },
        { "DocumentMalformed", "half of an object", Frame("{\"id\":") },
        { "DocumentMalformed", "no UTF-8", GoWire.Framed([(byte)'{', (byte)'"', 0xff, (byte)'"', (byte)':', (byte)'1', (byte)'}']) },
        { "DocumentMalformed", "too deep", Frame($"{{\"id\":\"1\",\"task\":\"echo\",\"args\":{new string('[', 40)}{new string(']', 40)}}}") },
        { "DocumentInvalid", "a request without an id", Frame("{\"task\":\"echo\",\"args\":1}") },
        { "DocumentInvalid", "a request without a task", Frame("{\"id\":\"1\",\"args\":1}") },
        { "DocumentInvalid", "a hook that is a number", Frame("{\"id\":\"1\",\"task\":\"echo\",\"responseHook\":7}") },
    };

    [Theory]
    [MemberData(nameof(BadFrames))]
    [Trait("Go", "defect")]
    public async Task A_bad_frame_is_refused_by_name_and_the_node_goes_on(string code, string what, byte[] bytes)
    {
        await using var node = await TestNode.WithLimitsAsync(l => l with { FrameBytes = 1_000 }, TestTasks.Echo);

        var ack = await SendRawAsync(node.SocketPath, bytes);

        Assert.True(code == (string?)ack["code"], $"{what}: {ack.ToJsonString()}");
        Assert.StartsWith(code, (string?)ack["error"], StringComparison.Ordinal);
        Assert.Single(node.Events.All<NodeEvent.DocumentRefused>());
        Assert.Equal("still here", await node.Acomm.CallAsync<string, string>(node.Unix, "echo", "still here").Ok());
    }

    [Theory]
    [InlineData(0u, "FrameEmpty")]
    [InlineData(1_001u, "FrameTooLong")]
    [InlineData(uint.MaxValue, "FrameTooLong")]
    public async Task A_length_that_cannot_be_is_refused_as_soon_as_it_was_read_and_the_connection_closed(uint length, string code)
    {
        await using var node = await TestNode.WithLimitsAsync(l => l with { FrameBytes = 1_000 });
        using var socket = await GoWire.DialAsync(node.SocketPath);
        await using var stream = new NetworkStream(socket);

        await stream.WriteAsync(Header(length));

        Assert.Equal(code, (string?)(await GoWire.ReadAsync(stream))["code"]);
        Assert.Equal(0, await stream.ReadAsync(new byte[1]).Within());
    }

    [Fact]
    [Trait("Go", "defect")]
    public async Task A_frame_may_come_in_two_pieces_split_anywhere()
    {
        await using var node = await TestNode.StartAsync();
        var frame = GoWire.Framed(GoWire.MistifyResponse("nobody's", 1));

        for (var split = 0; split <= frame.Length; split++)
        {
            using var socket = await GoWire.DialAsync(node.SocketPath);
            await using var stream = new NetworkStream(socket);
            await stream.WriteAsync(frame.AsMemory(0, split));
            await stream.WriteAsync(frame.AsMemory(split));
            Assert.Equal("ResponseUnknown", (string?)(await GoWire.ReadAsync(stream))["code"]);
        }

        Assert.Equal(frame.Length + 1, node.Tally.Unknown);
    }

    [Fact]
    [Trait("Go", "defect")]
    public async Task A_frame_may_come_in_single_bytes()
    {
        await using var node = await TestNode.StartAsync();
        using var socket = await GoWire.DialAsync(node.SocketPath);
        await using var stream = new NetworkStream(socket);

        foreach (var one in GoWire.Framed(GoWire.CeranaResponse("nobody's", 1)))
            await stream.WriteAsync(new[] { one });

        Assert.Equal("ResponseUnknown", (string?)(await GoWire.ReadAsync(stream))["code"]);
    }

    [Fact]
    public async Task A_frame_of_exactly_the_limit_is_taken()
    {
        await using var node = await TestNode.WithLimitsAsync(l => l with { FrameBytes = 1_000 });
        var document = GoWire.MistifyResponse("nobody's", "");
        document["result"] = new string('x', 1_000 - document.ToJsonString().Length);

        Assert.Equal("ResponseUnknown", (string?)(await GoWire.SendAsync(node.SocketPath, document))["code"]);
    }

    [Fact]
    public async Task A_connection_that_ends_before_its_first_byte_is_no_error()
    {
        await using var node = await TestNode.StartAsync(TestTasks.Echo);
        (await GoWire.DialAsync(node.SocketPath)).Dispose();

        await node.Acomm.CallAsync<string, string>(node.Unix, "echo", "").Ok();

        Assert.Empty(node.Events.All<NodeEvent.DocumentRefused>());
    }

    [Fact]
    public async Task A_client_that_goes_silent_within_a_frame_is_cut_and_told_so()
    {
        await using var node = await TestNode.WithLimitsAsync(l => l with { FrameRead = TimeSpan.FromMilliseconds(50) });
        using var socket = await GoWire.DialAsync(node.SocketPath);
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync(new byte[] { 0 });

        var ack = await GoWire.ReadAsync(stream);

        Assert.Equal("FrameTimeout", (string?)ack["code"]);
        Assert.Equal(0, await stream.ReadAsync(new byte[1]).Within());
    }

    private static async Task<JsonObject> SendRawAsync(string path, byte[] bytes)
    {
        using var socket = await GoWire.DialAsync(path);
        await using var stream = new NetworkStream(socket);
        await stream.WriteAsync(bytes);
        socket.Shutdown(SocketShutdown.Send);
        return await GoWire.ReadAsync(stream);
    }

    private static byte[] Frame(string text) => GoWire.Framed(Encoding.UTF8.GetBytes(text));

    private static byte[] Header(uint length)
    {
        var header = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(header, length);
        return header;
    }
}
