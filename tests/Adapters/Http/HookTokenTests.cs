using Acomm.Domain;
using Acomm.Effects;

namespace Acomm.AdapterTests.Http;

/// <summary>A response from outside has to show the token of its hook: guessing an id completes nothing.</summary>
public sealed class HookTokenTests
{
    private static readonly CallOptions Guessable = new() { Id = RequestId.Parse("1").Ok() };

    [Fact]
    public async Task The_right_token_completes_the_call()
    {
        await using var peer = await GoHttpPeer.StartAsync();
        await using var node = await TestNode.StartAsync();
        var call = node.Acomm.RequestAsync<string, string>(peer.Url, "greet", "", Guessable);
        var hook = GoWire.HookOf(await peer.NextAsync());

        var (status, ack) = await GoHttpPeer.PostForStatusAsync(hook, GoWire.MistifyResponse("1", "yes").ToJsonString());

        Assert.Equal((200, ""), (status, (string?)ack["error"]));
        Assert.Equal("yes", (await call.Ok()).Result);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?token=")]
    [InlineData("?token=short")]
    [InlineData("?token=0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task No_token_or_a_wrong_one_is_forbidden_and_the_call_stays_open(string query)
    {
        await using var peer = await GoHttpPeer.StartAsync();
        await using var node = await TestNode.StartAsync();
        var call = node.Acomm.RequestAsync<string, string>(peer.Url, "greet", "", Guessable);
        var hook = GoWire.HookOf(await peer.NextAsync());

        var (status, ack) = await GoHttpPeer.PostForStatusAsync($"{node.Http}/proxy{query}", GoWire.MistifyResponse("1", "forged").ToJsonString());
        Assert.Equal((403, "ResponseForbidden"), (status, (string?)ack["code"]));
        Assert.Equal(1, node.Acomm.Outstanding);

        await GoHttpPeer.PostAsync(hook, GoWire.MistifyResponse("1", "true"));
        Assert.Equal("true", (await call.Ok()).Result);
        Assert.Equal(1, node.Tally.Forbidden);
    }

    [Fact]
    public async Task The_answer_to_a_call_on_this_host_cannot_come_from_outside()
    {
        await using var peer = new GoUnixPeer();
        await using var node = await TestNode.StartAsync();
        var call = node.Acomm.RequestAsync<string, string>(peer.Url, "greet", "", Guessable);
        var request = await peer.NextAsync();

        var (status, _) = await GoHttpPeer.PostForStatusAsync($"{node.Http}/proxy", GoWire.MistifyResponse("1", "forged").ToJsonString());

        Assert.Equal(403, status);
        await GoWire.RespondAsync(request, GoWire.MistifyResponse("1", "true"));
        Assert.Equal("true", (await call.Ok()).Result);
    }

    [Fact]
    public async Task An_unknown_id_is_not_found_and_a_second_answer_is_a_conflict()
    {
        await using var peer = await GoHttpPeer.StartAsync();
        await using var node = await TestNode.StartAsync();
        var call = node.Acomm.RequestAsync<string, string>(peer.Url, "greet", "", Guessable);
        var hook = GoWire.HookOf(await peer.NextAsync());
        await GoHttpPeer.PostAsync(hook, GoWire.MistifyResponse("1", "yes"));
        await call.Ok();

        var (unknown, _) = await GoHttpPeer.PostForStatusAsync(hook, GoWire.MistifyResponse("2", "yes").ToJsonString());
        var (again, _) = await GoHttpPeer.PostForStatusAsync(hook, GoWire.MistifyResponse("1", "yes").ToJsonString());

        Assert.Equal((404, 409), (unknown, again));
    }
}
