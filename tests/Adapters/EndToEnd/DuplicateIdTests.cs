using Acomm.Domain;
using Acomm.Effects;

namespace Acomm.AdapterTests.EndToEnd;

public sealed class DuplicateIdTests
{
    private static readonly CallOptions Same = new() { Id = RequestId.Parse("the same").Ok() };

    [Fact]
    [Trait("Go", "defect")]
    public async Task A_duplicate_id_is_refused_and_the_first_caller_is_still_answered()
    {
        var gate = new Gate();
        await using var server = await TestNode.StartAsync(gate.AddTo);
        await using var caller = await TestNode.StartAsync();
        var first = caller.Acomm.RequestAsync<string, string>(server.Unix, "wait", "", Same);
        await gate.Entered;

        Assert.IsType<AcommError.DuplicateId>(await caller.Acomm.RequestAsync<string, string>(server.Unix, "wait", "", Same).Error());
        gate.Release();

        Assert.Equal("released", (await first.Ok()).Result);
    }

    [Fact]
    public async Task An_id_can_be_used_again_when_it_was_answered()
    {
        await using var node = await TestNode.StartAsync(TestTasks.Echo);

        for (var i = 0; i < 3; i++)
            Assert.Equal($"{i}", (await node.Acomm.RequestAsync<string, string>(node.Unix, "echo", $"{i}", Same).Ok()).Result);
    }

    [Fact]
    [Trait("Go", "defect")]
    public async Task A_duplicate_id_at_a_proxy_is_refused_and_the_first_answer_still_reaches_its_hook()
    {
        var gate = new Gate();
        await using var server = await TestNode.StartAsync(gate.AddTo);
        await using var peer = await GoHttpPeer.StartAsync();
        await GoHttpPeer.PostAsync(server.Http, GoWire.CeranaRequest("the same", "wait", peer.Hook));
        await gate.Entered;

        var (status, second) = await GoHttpPeer.PostForStatusAsync(
            server.Http, GoWire.CeranaRequest("the same", "wait", peer.Hook).ToJsonString());
        gate.Release();

        Assert.Equal(409, status);
        Assert.Equal("DuplicateId", (string?)second["code"]);
        Assert.Equal("released", (string?)(await peer.NextAsync())["result"]);
    }

    [Fact]
    public async Task More_open_requests_than_the_limit_are_refused_as_a_full_tracker()
    {
        var gate = new Gate();
        await using var node = await TestNode.WithLimitsAsync(l => l with { Outstanding = 1 }, gate.AddTo);
        var first = node.Acomm.CallAsync<string, string>(node.Unix, "wait", "");

        Assert.IsType<AcommError.TrackerFull>(await node.Acomm.CallAsync<string, string>(node.Unix, "wait", "").Error());
        gate.Release();

        await first.Ok();
    }
}
