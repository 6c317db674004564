using Acomm.Domain;
using Acomm.Effects;
using Microsoft.Extensions.Time.Testing;

namespace Acomm.AdapterTests.Proxying;

public sealed class HttpProxyTests
{
    [Fact]
    public async Task A_handler_of_a_request_over_http_sees_a_hook_and_a_stream_on_unix_only()
    {
        var seen = new TaskCompletionSource<Request>();
        await using var node = await TestNode.StartAsync(acomm => acomm.AddTask<RawJson, int>("look", (_, call, _) =>
        {
            seen.SetResult(call.Request);
            return Task.FromResult<Answer<int>>(1);
        }));
        await using var peer = await GoHttpPeer.StartAsync();

        await GoHttpPeer.PostAsync(node.Http, GoWire.CeranaRequest("1", "look", peer.Hook, streamUrl: peer.Data));
        var request = await seen.Task.Within();

        Assert.Equal(node.Unix, request.ResponseHook.Map(hook => hook.ToString()));
        Assert.True(request.StreamUrl.ForAll(stream => stream.IsUnix) && request.StreamUrl.IsSome);
        Assert.Equal(1, (int?)(await peer.NextAsync())["result"]);
    }

    [Fact]
    [Trait("Go", "defect")]
    public async Task Fast_answers_of_many_requests_at_once_are_all_forwarded()
    {
        await using var node = await TestNode.StartAsync(TestTasks.Echo);
        await using var peer = await GoHttpPeer.StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 100).Select(i =>
            GoHttpPeer.PostAsync(node.Http, GoWire.CeranaRequest($"id {i}", "echo", peer.Hook, i)))).Within();
        var answers = new List<string?>();
        for (var i = 0; i < 100; i++)
            answers.Add((string?)(await peer.NextAsync())["id"]);

        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"id {i}").Order(), answers.Order());
    }

    [Fact]
    [Trait("Go", "defect")]
    public async Task An_answer_whose_hook_is_gone_is_lost_with_an_event_and_completes_once()
    {
        await using var node = await TestNode.StartAsync(TestTasks.Echo);
        await using var gone = new RawHttpServer("");

        await GoHttpPeer.PostAsync(node.Http, GoWire.CeranaRequest("lost", "echo", gone.Url));
        var lost = await node.Events.First<NodeEvent.AnswerLost>();

        Assert.Equal("lost", lost.Id.Value);
        Assert.Equal(Delivery.Indeterminate, lost.Error.Delivery);
        Assert.Equal((1, 0), (node.Tally.Answered, node.Acomm.Outstanding));
        Assert.Equal(1, gone.Requests);
    }

    [Fact]
    public async Task A_proxied_request_that_is_never_answered_is_told_so_on_its_hook_when_its_time_is_over()
    {
        var time = new FakeTimeProvider();
        var gate = new Gate();
        await using var node = await TestNode.StartAsync(gate.AddTo, time: time);
        await using var peer = await GoHttpPeer.StartAsync();
        await GoHttpPeer.PostAsync(node.Http, GoWire.CeranaRequest("slow", "wait", peer.Hook));
        await gate.Entered;

        time.Advance(TimeSpan.FromSeconds(61));
        var response = await peer.NextAsync();
        gate.Release();

        Assert.Equal("slow", (string?)response["id"]);
        Assert.Contains("60", (string?)response["error"], StringComparison.Ordinal);
        Assert.Equal(1, node.Tally.TimedOut);
    }
}
