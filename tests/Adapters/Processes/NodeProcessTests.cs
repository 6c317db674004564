using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Acomm.AdapterTests.Processes;

/// <summary>The sample node as anybody meets it: its command line, its tasks, its end.</summary>
public sealed class NodeProcessTests : IDisposable
{
    private readonly TempDirectory directory = new();

    private string SocketPath => directory.At("node.sock");

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Every_task_answers_on_the_socket()
    {
        await using var node = await NodeProcess.StartAsync("--socket", SocketPath);
        await using var peer = new GoUnixPeer();
        await using var data = new GoStreamServer(TestSource.Bytes(5_000));
        Assert.Equal($"ready unix://{SocketPath}", node.ReadyLine);

        await AssertTasksAsync(
            async (task, args, stream) =>
            {
                var ack = await GoWire.SendAsync(SocketPath, GoWire.CeranaRequest("1", task, peer.Url, args, streamUrl: stream));
                return (string?)ack["error"] is { Length: > 0 } ? ack : await peer.NextAsync();
            },
            GoStreamServer.ReadAllAsync,
            data.Url);
    }

    [Fact]
    public async Task Every_task_answers_over_http()
    {
        await using var node = await NodeProcess.StartAsync("--socket", SocketPath, "--http", "http://127.0.0.1:0");
        await using var peer = await GoHttpPeer.StartAsync(data: context => context.Response.Body.WriteAsync(TestSource.Bytes(5_000)).AsTask());
        using var client = new HttpClient();
        Assert.StartsWith($"ready unix://{SocketPath} http://127.0.0.1:", node.ReadyLine, StringComparison.Ordinal);

        await AssertTasksAsync(
            async (task, args, stream) =>
            {
                var ack = await GoHttpPeer.PostAsync(node.Http, GoWire.CeranaRequest("1", task, peer.Hook, args, streamUrl: stream));
                return (string?)ack["error"] is { Length: > 0 } ? ack : await peer.NextAsync();
            },
            url => client.GetByteArrayAsync(url).Within(),
            peer.Data);
        using var health = await client.GetAsync($"{node.Http}/health").Within();
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    [Fact]
    public async Task A_torn_stream_over_http_is_a_failed_transfer()
    {
        await using var node = await NodeProcess.StartAsync("--socket", SocketPath, "--http", "http://127.0.0.1:0");
        await using var peer = await GoHttpPeer.StartAsync();
        using var client = new HttpClient();

        await GoHttpPeer.PostAsync(node.Http, GoWire.CeranaRequest("1", "torn", peer.Hook, new JsonObject { ["bytes"] = 200_000 }));
        var url = GoWire.UrlText((await peer.NextAsync())["streamURL"]);

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => client.GetByteArrayAsync(url).Within());
    }

    [Fact]
    public async Task Headers_have_a_limit_and_the_node_goes_on()
    {
        await using var node = await NodeProcess.StartAsync("--socket", SocketPath, "--http", "http://127.0.0.1:0");
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{node.Http}/health") { Headers = { { "X", new string('x', 20 << 10) } } };

        using var tooLong = await client.SendAsync(request).Within();
        using var health = await client.GetAsync($"{node.Http}/health").Within();

        Assert.Equal((HttpStatusCode.RequestHeaderFieldsTooLarge, HttpStatusCode.OK), (tooLong.StatusCode, health.StatusCode));
        Assert.Empty(tooLong.Headers.Server);
    }

    [Fact]
    public async Task The_log_names_what_was_lost_and_shows_neither_payload_nor_token()
    {
        await using var node = await NodeProcess.StartAsync("--socket", SocketPath, "--http", "http://127.0.0.1:0");
        await using var peer = await GoHttpPeer.StartAsync(_ => GoWire.Ack("not today"));

        await GoHttpPeer.PostAsync(node.Http, GoWire.CeranaRequest("lost-1", "echo", $"{peer.Hook}?token=a-secret", "a-payload"));
        var log = await node.LogUntilAsync("lost-1");

        Assert.Contains("not today", log, StringComparison.Ordinal);
        Assert.DoesNotContain("a-secret", log, StringComparison.Ordinal);
        Assert.DoesNotContain("a-payload", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_termination_signal_lets_open_requests_finish_and_the_node_exits_cleanly_without_its_socket()
    {
        await using var node = await NodeProcess.StartAsync("--socket", SocketPath, "--drain", "20");
        await using var peer = new GoUnixPeer();
        await GoWire.SendAsync(SocketPath, GoWire.CeranaRequest("1", "sleep", peer.Url, new JsonObject { ["ms"] = 500 }));

        node.Terminate();
        var response = await peer.NextAsync();
        var (exitCode, output) = await node.ExitAsync();

        Assert.Equal("""{"slept":500}""", response["result"]!.ToJsonString());
        Assert.Equal((0, ""), (exitCode, output));
        Assert.Empty(Directory.GetFileSystemEntries(directory.Path));
    }

    [Fact]
    public async Task Work_that_does_not_end_is_cut_after_the_drain_limit()
    {
        await using var node = await NodeProcess.StartAsync("--socket", SocketPath, "--drain", "0.05");
        await using var peer = new GoUnixPeer();
        await GoWire.SendAsync(SocketPath, GoWire.CeranaRequest("1", "sleep", peer.Url, new JsonObject { ["ms"] = 600_000 }));

        node.Terminate();
        var (exitCode, _) = await node.ExitAsync();

        Assert.Equal(0, exitCode);
        Assert.False(File.Exists(SocketPath));
    }

    private static async Task AssertTasksAsync(
        Func<string, JsonNode?, string?, Task<JsonObject>> call, Func<string, Task<byte[]>> read, string data)
    {
        var bytes = new JsonObject { ["bytes"] = 200_000 };
        Assert.Equal("""{"any":[1,"thing"]}""", (await call("echo", new JsonObject { ["any"] = new JsonArray(1, "thing") }, null))["result"]!.ToJsonString());
        Assert.Equal("on demand", (string?)(await call("fail", new JsonObject { ["message"] = "on demand" }, null))["error"]);
        Assert.Equal("""{"slept":1}""", (await call("sleep", new JsonObject { ["ms"] = 1 }, null))["result"]!.ToJsonString());
        Assert.NotEqual("", (string?)(await call("throw", null, null))["error"]);
        Assert.Equal("UnknownTask", (string?)(await call("unheard-of", null, null))["code"]);

        var blob = await call("blob", bytes.DeepClone(), null);
        Assert.Equal(Hash(await read(GoWire.UrlText(blob["streamURL"])!)), (string?)blob["result"]!["sha256"]);
        Assert.Equal(200_000, (int?)blob["result"]!["bytes"]);

        var digest = await call("digest", null, data);
        Assert.Equal(Hash(TestSource.Bytes(5_000)), (string?)digest["result"]!["sha256"]);
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
