using Acomm.Domain;
using Acomm.Effects;

namespace Acomm.AdapterTests.Go;

public sealed class WeCallGoTests
{
    [Fact]
    public async Task A_request_is_one_that_both_go_versions_decode_and_its_answer_comes_back_on_the_unix_hook()
    {
        await using var peer = new GoUnixPeer();
        await using var node = await TestNode.StartAsync();
        var call = node.Acomm.CallAsync<Numbers, Sum>(peer.Url, "add", new Numbers(1, 2));

        var request = await peer.NextAsync();
        var ack = await GoWire.RespondAsync(request, GoWire.CeranaResponse((string)request["id"]!, new System.Text.Json.Nodes.JsonObject { ["value"] = 3 }));

        Assert.Equal("add", (string?)request["task"]);
        Assert.Equal("""{"a":1,"b":2}""", request["args"]!.ToJsonString());
        Assert.Equal(node.Unix, GoWire.HookOf(request));
        Assert.Null(request["taskURL"]);
        Assert.Null(request["streamURL"]);
        Assert.Equal("", (string?)ack["error"]);
        Assert.Equal(3, (await call.Ok()).Value);
    }

    [Fact]
    public async Task A_go_peer_over_http_answers_on_the_http_hook_that_it_was_given()
    {
        await using var peer = await GoHttpPeer.StartAsync();
        await using var node = await TestNode.StartAsync();
        var call = node.Acomm.CallAsync<string, string>(peer.Url, "greet", "you");

        var request = await peer.NextAsync();
        var ack = await GoWire.RespondAsync(request, GoWire.MistifyResponse((string)request["id"]!, "hello you"));

        Assert.StartsWith($"{node.Http}/proxy?token=", GoWire.HookOf(request), StringComparison.Ordinal);
        Assert.Equal("", (string?)ack["error"]);
        Assert.Equal("hello you", await call.Ok());
    }

    [Fact]
    public async Task An_error_of_a_go_peer_is_the_callers_error()
    {
        await using var peer = new GoUnixPeer();
        await using var node = await TestNode.StartAsync();
        var call = node.Acomm.CallAsync<string, string>(peer.Url, "greet", "");

        var request = await peer.NextAsync();
        await GoWire.RespondAsync(request, GoWire.MistifyResponse((string)request["id"]!, null, "exit status 1"));

        Assert.Equal("exit status 1", Assert.IsType<AcommError.TaskFailed>(await call.Error()).Text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_refusing_acknowledgement_ends_the_call_with_its_text(bool overHttp)
    {
        await using var unix = new GoUnixPeer((_, connection) => connection.WriteAsync(GoWire.Framed(GoWire.Ack("unknown task"))).AsTask());
        await using var http = await GoHttpPeer.StartAsync(_ => GoWire.Ack("unknown task"));
        await using var node = await TestNode.StartAsync();

        var error = await node.Acomm.CallAsync<string, string>(overHttp ? http.Url : unix.Url, "greet", "").Error();

        var rejected = Assert.IsType<AcommError.Rejected>(error);
        Assert.Equal("unknown task", rejected.Text);
        Assert.True(rejected.Code.IsNone);
        Assert.Equal(Delivery.Refused, rejected.Delivery);
        Assert.Equal(0, node.Acomm.Outstanding);
    }

    [Fact]
    public async Task A_response_hook_under_the_mistify_key_is_found_by_a_go_decoder_whatever_its_case()
    {
        await using var peer = new GoUnixPeer();
        await using var node = await TestNode.StartAsync();
        var call = node.Acomm.CallAsync<string, string>(peer.Url, "greet", "");

        var request = await peer.NextAsync();
        var keys = request.Select(field => field.Key.ToUpperInvariant()).ToArray();

        Assert.Equal(keys.Distinct(), keys);
        Assert.Contains("RESPONSEHOOK", keys);
        await GoWire.RespondAsync(request, GoWire.MistifyResponse((string)request["id"]!, "done"));
        await call.Ok();
    }

    [Fact]
    public async Task A_null_result_is_a_success_for_who_takes_raw_json()
    {
        await using var peer = new GoUnixPeer();
        await using var node = await TestNode.StartAsync();
        var call = node.Acomm.CallAsync<string, RawJson>(peer.Url, "greet", "");

        var request = await peer.NextAsync();
        await GoWire.RespondAsync(request, GoWire.CeranaResponse((string)request["id"]!, null));

        Assert.True((await call.Ok()).IsNull);
    }
}
