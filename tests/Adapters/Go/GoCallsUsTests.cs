using System.Text.Json.Nodes;
using Acomm.Domain;
using Acomm.Effects;

namespace Acomm.AdapterTests.Go;

public sealed class GoCallsUsTests
{
    [Theory]
    [InlineData("mistify")]
    [InlineData("cerana")]
    public async Task A_request_of_either_version_is_answered_on_its_unix_hook(string version)
    {
        await using var node = await TestNode.StartAsync(TestTasks.Echo);
        await using var peer = new GoUnixPeer();

        var ack = await GoWire.SendAsync(node.SocketPath, Request(version, peer.Url));
        var response = await peer.NextAsync();

        AssertAccepted(ack);
        AssertEchoed(response);
    }

    [Theory]
    [InlineData("mistify")]
    [InlineData("cerana")]
    public async Task A_request_of_either_version_is_answered_on_its_http_hook(string version)
    {
        await using var node = await TestNode.StartAsync(TestTasks.Echo);
        await using var peer = await GoHttpPeer.StartAsync();

        var (status, ack) = await GoHttpPeer.PostForStatusAsync(node.Http, Request(version, peer.Hook).ToJsonString());
        var response = await peer.NextAsync();

        Assert.Equal(200, status);
        AssertAccepted(ack);
        AssertEchoed(response);
    }

    [Fact]
    public async Task A_request_on_the_socket_can_have_an_http_hook()
    {
        await using var node = await TestNode.StartAsync(TestTasks.Echo);
        await using var peer = await GoHttpPeer.StartAsync();

        AssertAccepted(await GoWire.SendAsync(node.SocketPath, Request("cerana", peer.Hook)));

        AssertEchoed(await peer.NextAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Go", "defect")]
    public async Task A_request_without_a_hook_is_handled_and_answered_nowhere(bool overHttp)
    {
        var handled = new TaskCompletionSource<string>();
        await using var node = await TestNode.StartAsync(acomm => acomm.AddTask<RawJson, RawJson>("note", (args, call, _) =>
        {
            handled.SetResult(call.Id.Value);
            return Task.FromResult<Answer<RawJson>>(args);
        }));
        var request = GoWire.CeranaRequest("no hook", "note", hook: null);

        var ack = overHttp ? await GoHttpPeer.PostAsync(node.Http, request) : await GoWire.SendAsync(node.SocketPath, request);

        AssertAccepted(ack);
        Assert.Equal("no hook", await handled.Task.Within());
        Assert.Equal(0, node.Acomm.Outstanding);
    }

    [Fact]
    public async Task A_failure_reaches_a_go_peer_as_error_text_with_a_null_result()
    {
        await using var node = await TestNode.StartAsync(TestTasks.Fail);
        await using var peer = new GoUnixPeer();

        await GoWire.SendAsync(node.SocketPath, GoWire.MistifyRequest("1", "fail", peer.Url, "no disk"));
        var response = await peer.NextAsync();

        Assert.Equal("no disk", (string?)response["error"]);
        Assert.Null(response["result"]);
    }

    [Fact]
    public async Task A_refusal_reaches_a_go_peer_as_the_error_of_the_acknowledgement()
    {
        await using var node = await TestNode.StartAsync();
        await using var peer = new GoUnixPeer();

        var ack = await GoWire.SendAsync(node.SocketPath, GoWire.MistifyRequest("1", "no-such-task", peer.Url));

        Assert.Contains("no-such-task", (string?)ack["error"], StringComparison.Ordinal);
        Assert.Equal("UnknownTask", (string?)ack["code"]);
        Assert.Equal("", (string?)ack["id"]);
    }

    [Theory]
    [InlineData("unix:///tmp/x.sock")]
    [InlineData("{\"scheme\":\"unix\",\"path\":\"/tmp/x.sock\"}")]
    public async Task Keys_in_any_case_and_addresses_as_text_are_read_too(string hook)
    {
        await using var node = await TestNode.StartAsync(TestTasks.Echo);
        await using var peer = new GoUnixPeer();
        var address = hook.StartsWith('{')
            ? JsonNode.Parse(hook.Replace("/tmp/x.sock", peer.Path, StringComparison.Ordinal))
            : JsonValue.Create(peer.Url);

        var ack = await GoWire.SendAsync(node.SocketPath, new JsonObject
        {
            ["ID"] = "id",
            ["Task"] = "echo",
            ["RESPONSEHOOK"] = address,
            ["Args"] = 1,
            ["something"] = "new",
        });

        AssertAccepted(ack);
        Assert.Equal(1, (int?)(await peer.NextAsync())["result"]);
    }

    private static JsonObject Request(string version, string hook)
    {
        var args = new JsonObject { ["name"] = "tank", ["depth"] = 2 };
        return version == "mistify" ? GoWire.MistifyRequest("go-1", "echo", hook, args) : GoWire.CeranaRequest("go-1", "echo", hook, args);
    }

    private static void AssertAccepted(JsonObject ack) => Assert.Equal("", (string?)ack["error"]);

    private static void AssertEchoed(JsonObject response)
    {
        Assert.Equal("go-1", (string?)response["id"]);
        Assert.Equal("", (string?)response["error"]);
        Assert.Equal("""{"name":"tank","depth":2}""", response["result"]!.ToJsonString());
        Assert.True(response.ContainsKey("stream_url") && response["stream_url"] is null);
        Assert.True(response.ContainsKey("streamURL") && response["streamURL"] is null);
    }
}
