using System.Text.Json.Nodes;
using Acomm.Effects;

namespace Acomm.AdapterTests.Go;

public sealed class GoStreamTests
{
    private const int Length = 200_000;

    [Theory]
    [InlineData("stream_url")]
    [InlineData("streamURL")]
    public async Task A_go_consumer_reads_our_unix_stream_to_a_clean_end(string key)
    {
        var source = new TestSource(Length);
        await using var node = await TestNode.StartAsync(TestTasks.Give(source.ToSource));
        await using var peer = new GoUnixPeer();

        await GoWire.SendAsync(node.SocketPath, GoWire.MistifyRequest("1", "give", peer.Url));
        var response = await peer.NextAsync();

        Assert.Equal(TestSource.Bytes(Length), await GoStreamServer.ReadAllAsync(GoWire.UrlText(response[key])!));
        await source.Disposed;
    }

    [Theory]
    [InlineData("stream_url")]
    [InlineData("streamURL")]
    public async Task A_go_consumer_reads_our_stream_over_http_from_the_address_it_was_given(string key)
    {
        await using var node = await TestNode.StartAsync(TestTasks.Give(() => new TestSource(Length).ToSource()));
        await using var peer = await GoHttpPeer.StartAsync();

        await GoHttpPeer.PostAsync(node.Http, GoWire.CeranaRequest("1", "give", peer.Hook));
        var url = GoWire.UrlText((await peer.NextAsync())[key])!;

        Assert.StartsWith($"{node.Http}/stream?addr=unix", url, StringComparison.Ordinal);
        using var client = new HttpClient();
        Assert.Equal(TestSource.Bytes(Length), await client.GetByteArrayAsync(url).Within());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task We_read_the_stream_of_a_go_peers_answer(bool overHttp)
    {
        await using var data = new GoStreamServer(TestSource.Bytes(Length));
        await using var http = await GoHttpPeer.StartAsync(data: context => context.Response.Body.WriteAsync(TestSource.Bytes(Length)).AsTask());
        await using var unix = new GoUnixPeer();
        await using var node = await TestNode.StartAsync();
        var call = node.Acomm.RequestAsync<string, string>(overHttp ? http.Url : unix.Url, "give", "", CallOptions.None);

        var request = await (overHttp ? http.NextAsync() : unix.NextAsync());
        await GoWire.RespondAsync(request, Response(overHttp, (string)request["id"]!, overHttp ? http.Data : data.Url));
        await using var stream = await (await call.Ok()).OpenStreamAsync().Ok();
        var read = new MemoryStream();
        await stream.CopyToAsync(read).Within();

        Assert.Equal(TestSource.Bytes(Length), read.ToArray());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Our_handler_reads_the_stream_of_a_go_peers_request(bool overHttp)
    {
        await using var node = await TestNode.StartAsync(TestTasks.Take);
        await using var data = new GoStreamServer(TestSource.Bytes(1_000));
        await using var http = await GoHttpPeer.StartAsync(data: context => context.Response.Body.WriteAsync(TestSource.Bytes(1_000)).AsTask());
        await using var unix = new GoUnixPeer();

        if (overHttp)
            await GoHttpPeer.PostAsync(node.Http, GoWire.CeranaRequest("1", "take", http.Hook, streamUrl: http.Data));
        else
            await GoWire.SendAsync(node.SocketPath, GoWire.CeranaRequest("1", "take", unix.Url, streamUrl: data.Url));
        var response = await (overHttp ? http.NextAsync() : unix.NextAsync());

        Assert.Equal(Convert.ToBase64String(TestSource.Bytes(1_000)), (string?)response["result"]);
    }

    private static JsonObject Response(bool cerana, string id, string stream) =>
        cerana ? GoWire.CeranaResponse(id, "here", stream: stream) : GoWire.MistifyResponse(id, "here", stream: stream);
}
