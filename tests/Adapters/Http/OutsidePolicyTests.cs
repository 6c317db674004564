using Acomm.Domain;
using Acomm.Effects;
using static LanguageExt.Prelude;

namespace Acomm.AdapterTests.Http;

/// <summary>
/// An address in a document from outside is an order to connect: by default only back to the caller. The caller here is
/// the loopback, so that another machine stands for one that it may not name.
/// </summary>
public sealed class OutsidePolicyTests
{
    // A test net of RFC 5737: nobody has this address, and nothing connects to it unless the policy fails.
    private const string Elsewhere = "http://192.0.2.1:9/";

    [Theory]
    [InlineData("hook", Elsewhere)]
    [InlineData("task", Elsewhere)]
    [InlineData("stream", Elsewhere)]
    [InlineData("hook", "unix:///run/somebody/else.sock")]
    [InlineData("task", "unix:///run/somebody/else.sock")]
    [InlineData("stream", "unix:///run/somebody/else.sock")]
    [Trait("Go", "defect")]
    public async Task An_address_that_is_not_the_callers_own_is_forbidden(string where, string address)
    {
        await using var node = await TestNode.StartAsync(TestTasks.Echo);
        var request = GoWire.CeranaRequest(
            "1", "echo", where == "hook" ? address : null, taskUrl: where == "task" ? address : null, streamUrl: where == "stream" ? address : null);

        var (status, ack) = await GoHttpPeer.PostForStatusAsync(node.Http, request.ToJsonString());

        Assert.Equal((403, "AddressForbidden"), (status, (string?)ack["code"]));
        Assert.Equal(0, node.Acomm.Outstanding);
    }

    [Fact]
    public async Task The_callers_own_address_is_allowed()
    {
        await using var node = await TestNode.StartAsync(TestTasks.Echo);
        await using var peer = await GoHttpPeer.StartAsync();

        var ack = await GoHttpPeer.PostAsync(node.Http, GoWire.CeranaRequest("1", "echo", peer.Hook, 5));

        Assert.Equal("", (string?)ack["error"]);
        Assert.Equal(5, (int?)(await peer.NextAsync())["result"]);
    }

    [Fact]
    public async Task An_allowed_network_may_be_named()
    {
        await using var node = await TestNode.StartAsync(TestTasks.Echo, options => options.Outside = new OutsidePolicy
        {
            AllowedNetworks = Seq1(IpNetwork.Parse("192.0.2.0/24").Ok()),
        });

        var ack = await GoHttpPeer.PostAsync(node.Http, GoWire.CeranaRequest("1", "echo", null, streamUrl: Elsewhere));

        Assert.Equal("", (string?)ack["error"]);
    }

    [Fact]
    public async Task A_host_name_is_judged_by_the_address_that_it_leads_to()
    {
        await using var node = await TestNode.StartAsync(TestTasks.Take);
        await using var peer = await GoHttpPeer.StartAsync(data: context => context.Response.Body.WriteAsync(new byte[] { 1, 2, 3 }).AsTask());
        var named = peer.Data.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);

        await GoHttpPeer.PostAsync(node.Http, GoWire.CeranaRequest("1", "take", peer.Hook, streamUrl: named));

        Assert.Equal("AQID", (string?)(await peer.NextAsync())["result"]);
    }

    [Fact]
    [Trait("Go", "defect")]
    public async Task A_redirect_of_a_hook_is_not_followed()
    {
        await using var target = new RawHttpServer(RawHttpServer.Reply(200, """{"id":"","error":""}"""));
        await using var hook = new RawHttpServer(RawHttpServer.Reply(307, "", headers: $"Location: {target.Url}\r\n"));
        await using var node = await TestNode.StartAsync(TestTasks.Echo);

        await GoHttpPeer.PostAsync(node.Http, GoWire.CeranaRequest("1", "echo", hook.Url));

        Assert.IsType<AcommError.RedirectRefused>((await node.Events.First<NodeEvent.AnswerLost>()).Error);
        Assert.Equal((1, 0), (hook.Requests, target.Requests));
    }

    [Fact]
    [Trait("Go", "defect")]
    public async Task A_redirect_of_a_stream_is_not_followed()
    {
        await using var target = new RawHttpServer(RawHttpServer.Reply(200, "secret"));
        await using var data = new RawHttpServer(RawHttpServer.Reply(302, "", headers: $"Location: {target.Url}\r\n"));
        await using var peer = await GoHttpPeer.StartAsync();
        await using var node = await TestNode.StartAsync(TestTasks.Take);

        await GoHttpPeer.PostAsync(node.Http, GoWire.CeranaRequest("1", "take", peer.Hook, streamUrl: data.Url));
        var response = await peer.NextAsync();

        Assert.NotEqual("", (string?)response["error"]);
        Assert.Equal(0, target.Requests);
    }

    [Fact]
    public async Task A_stream_in_an_answer_from_outside_may_not_be_a_socket_of_this_host()
    {
        await using var peer = await GoHttpPeer.StartAsync();
        await using var node = await TestNode.StartAsync();
        using var cancel = new CancellationTokenSource();
        var call = node.Acomm.CallAsync<string, string>(peer.Url, "greet", "", cancel.Token);
        var request = await peer.NextAsync();

        var ack = await GoWire.RespondAsync(request, GoWire.CeranaResponse((string)request["id"]!, "x", stream: "unix:///run/secret.sock"));

        Assert.Equal("AddressForbidden", (string?)ack["code"]);
        await cancel.CancelAsync();
        await call.Error();
    }
}
