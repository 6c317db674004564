using Acomm.Domain;
using Acomm.Effects;

namespace Acomm.AdapterTests.Streams;

/// <summary>A source that fails midway is never taken for a whole stream.</summary>
[Trait("Go", "defect")]
public sealed class TornTests
{
    private const int Length = 400_000;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Length / 2)]
    [InlineData(Length)]
    public async Task Our_consumer_on_unix_sees_that_the_stream_is_torn(int failAt)
    {
        var source = new TestSource(Length, failAt);
        await using var node = await TestNode.StartAsync(TestTasks.Give(source.ToSource));

        var (read, error) = await ReadAsync(node, node.Unix);

        Assert.IsType<AcommError.StreamTorn>(error);
        Assert.Equal(TestSource.Bytes(read.Length), read);
        await source.Disposed;
        Assert.Equal(1, source.Disposals);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Length / 2)]
    [InlineData(Length)]
    public async Task Our_consumer_over_http_sees_that_the_stream_is_torn(int failAt)
    {
        var source = new TestSource(Length, failAt);
        await using var node = await TestNode.StartAsync(TestTasks.Give(source.ToSource));
        await using var caller = await TestNode.StartAsync();

        var (read, error) = await ReadAsync(caller, node.Http);

        Assert.True(error is AcommError.StreamTorn or AcommError.PeerClosed, error.ToString());
        Assert.Equal(TestSource.Bytes(read.Length), read);
        await source.Disposed;
        Assert.Equal(1, source.Disposals);
    }

    [Fact]
    public async Task Any_http_consumer_sees_a_failed_transfer()
    {
        await using var node = await TestNode.StartAsync(TestTasks.Give(() => new TestSource(Length, Length / 2).ToSource()));
        await using var peer = await GoHttpPeer.StartAsync();
        await GoHttpPeer.PostAsync(node.Http, GoWire.CeranaRequest("1", "give", peer.Hook));
        var url = GoWire.UrlText((await peer.NextAsync())["streamURL"]);
        using var client = new HttpClient();

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => client.GetByteArrayAsync(url).Within());

        await node.Events.First<NodeEvent.StreamFailed>();
    }

    [Fact]
    public async Task A_go_consumer_on_unix_reads_a_prefix_and_the_node_goes_on()
    {
        var source = new TestSource(Length, Length / 2);
        await using var node = await TestNode.StartAsync(TestTasks.Give(source.ToSource));
        await using var peer = new GoUnixPeer();
        await GoWire.SendAsync(node.SocketPath, GoWire.MistifyRequest("1", "give", peer.Url));
        var url = GoWire.UrlText((await peer.NextAsync())["stream_url"])!;

        var read = await GoStreamServer.ReadAllAsync(url);

        Assert.Equal(TestSource.Bytes(Length / 2), read);
        await source.Disposed;
        await GoWire.SendAsync(node.SocketPath, GoWire.MistifyRequest("2", "give", peer.Url));
        Assert.Equal("2", (string?)(await peer.NextAsync())["id"]);
    }

    [Fact]
    public async Task A_handler_sees_that_the_stream_of_its_request_is_torn()
    {
        var source = new TestSource(Length, Length / 2);
        await using var node = await TestNode.StartAsync(TestTasks.Take);
        var options = new CallOptions { Stream = source.ToSource() };

        var error = await node.Acomm.RequestAsync<string, byte[]>(node.Unix, "take", "", options).Error();

        Assert.StartsWith("StreamTorn", Assert.IsType<AcommError.TaskFailed>(error).Text, StringComparison.Ordinal);
        await source.Disposed;
    }

    private static async Task<(byte[] Read, AcommError Error)> ReadAsync(TestNode caller, string address)
    {
        var reply = await caller.Acomm.RequestAsync<string, string>(address, "give", "", CallOptions.None).Ok();
        var read = new MemoryStream();
        var error = await reply.Stream.IfNone(() => throw new InvalidOperationException("no stream")).CopyToAsync(read).Error();
        return (read.ToArray(), error);
    }
}
