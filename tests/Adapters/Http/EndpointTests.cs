using System.Net;
using System.Net.Sockets;

namespace Acomm.AdapterTests.Http;

public sealed class EndpointTests
{
    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task A_body_of_another_media_type_is_refused(string mediaType)
    {
        await using var node = await TestNode.StartAsync(TestTasks.Echo);

        var (status, ack) = await GoHttpPeer.PostForStatusAsync(
            node.Http, GoWire.CeranaRequest("1", "echo", hook: null).ToJsonString(), mediaType);

        Assert.Equal(400, status);
        Assert.Equal("DocumentMalformed", (string?)ack["code"]);
    }

    [Theory]
    [InlineData("", "DocumentMalformed")]
    [InlineData("junk", "DocumentMalformed")]
    [InlineData("null", "DocumentMalformed")]
    [InlineData("{}", "DocumentInvalid")]
    [InlineData("{\"id\":\"1\",\"id\":\"2\"}", "DocumentMalformed")]
    [Trait("Go", "defect")]
    public async Task A_body_that_is_no_request_is_refused_by_name(string body, string code)
    {
        await using var node = await TestNode.StartAsync();

        foreach (var path in (string[])["/", "/proxy"])
        {
            var (status, ack) = await GoHttpPeer.PostForStatusAsync(node.Http + path, body);
            Assert.Equal(400, status);
            Assert.True(code == (string?)ack["code"], $"{path}: {ack.ToJsonString()}");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_above_the_limit_is_refused_whether_its_length_is_declared_or_not(bool chunked)
    {
        await using var node = await TestNode.WithLimitsAsync(l => l with { FrameBytes = 1_000 });
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, node.Http)
        {
            Content = new StringContent($"{{\"id\":\"{new string('x', 2_000)}\"}}", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")),
        };
        request.Headers.TransferEncodingChunked = chunked;

        using var reply = await client.SendAsync(request).Within();

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, reply.StatusCode);
        Assert.Contains("FrameTooLong", await reply.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_breaks_off_disturbs_nothing_else()
    {
        await using var node = await TestNode.StartAsync(TestTasks.Echo);
        await using var peer = await GoHttpPeer.StartAsync();
        var address = new Uri(node.Http);
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(address.Host, address.Port);
            await client.GetStream().WriteAsync(
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"id\":"u8.ToArray());
        }

        var ack = await GoHttpPeer.PostAsync(node.Http, GoWire.CeranaRequest("1", "echo", peer.Hook, 1));

        Assert.Equal("", (string?)ack["error"]);
        Assert.Equal(1, (int?)(await peer.NextAsync())["result"]);
    }

    [Fact]
    public async Task An_unknown_task_is_not_found()
    {
        await using var node = await TestNode.StartAsync();

        var (status, ack) = await GoHttpPeer.PostForStatusAsync(node.Http, GoWire.CeranaRequest("1", "nobody", hook: null).ToJsonString());

        Assert.Equal(404, status);
        Assert.Equal("UnknownTask", (string?)ack["code"]);
    }

    [Fact]
    public async Task Health_is_ok_while_the_node_takes_work_and_unavailable_while_it_drains()
    {
        var gate = new Gate();
        await using var node = await TestNode.StartAsync(gate.AddTo);
        using var client = new HttpClient();
        using var running = await client.GetAsync($"{node.Http}/health").Within();
        await GoWire.SendAsync(node.SocketPath, GoWire.CeranaRequest("1", "wait", hook: null));
        await gate.Entered;

        var stopped = node.StopAsync();
        using var draining = await client.GetAsync($"{node.Http}/health").Within();
        gate.Release();
        await stopped.Within();

        Assert.Equal(HttpStatusCode.OK, running.StatusCode);
        Assert.Contains("running", await running.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, draining.StatusCode);
    }

    [Theory]
    [InlineData("GET", "/")]
    [InlineData("GET", "/proxy")]
    [InlineData("POST", "/stream")]
    public async Task Another_method_is_not_allowed(string method, string path)
    {
        await using var node = await TestNode.StartAsync();
        using var client = new HttpClient();

        using var reply = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), node.Http + path)).Within();

        Assert.Equal(HttpStatusCode.MethodNotAllowed, reply.StatusCode);
    }
}
