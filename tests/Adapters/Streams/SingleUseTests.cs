using System.Net;
using Acomm.Domain;
using Acomm.Effects;
using Microsoft.Extensions.Time.Testing;

namespace Acomm.AdapterTests.Streams;

/// <summary>A stream has one consumer, and its address is dead afterwards.</summary>
public sealed class SingleUseTests
{
    [Fact]
    public async Task A_unix_stream_is_not_opened_a_second_time()
    {
        await using var node = await TestNode.StartAsync(TestTasks.Give(() => new TestSource(10).ToSource()));
        var reply = await node.Acomm.RequestAsync<string, string>(node.Unix, "give", "", CallOptions.None).Ok();
        await using var first = await reply.OpenStreamAsync().Ok();
        await first.ReadExactlyAsync(new byte[1]).AsTask().Within();

        Assert.IsType<AcommError.PeerUnreachable>(await reply.OpenStreamAsync().Error());
    }

    [Fact]
    public async Task A_stream_over_http_is_not_opened_a_second_time()
    {
        await using var node = await TestNode.StartAsync(TestTasks.Give(() => new TestSource(10).ToSource()));
        await using var caller = await TestNode.StartAsync();
        var reply = await caller.Acomm.RequestAsync<string, string>(node.Http, "give", "", CallOptions.None).Ok();
        await using var first = await reply.OpenStreamAsync().Ok();

        Assert.IsType<AcommError.StreamUnknown>(await reply.OpenStreamAsync().Error());
    }

    [Fact]
    [Trait("Go", "defect")]
    public async Task Without_its_token_and_address_a_stream_is_not_found_and_stays_readable_with_them()
    {
        await using var node = await TestNode.StartAsync(TestTasks.Give(() => new TestSource(10).ToSource()));
        await using var peer = await GoHttpPeer.StartAsync();
        await GoHttpPeer.PostAsync(node.Http, GoWire.CeranaRequest("1", "give", peer.Hook));
        var url = GoWire.UrlText((await peer.NextAsync())["streamURL"])!;
        var (address, token) = (Part(url, "addr"), Part(url, "token"));

        foreach (var wrong in (string[])[
            "/stream",
            $"/stream?addr={address}",
            $"/stream?token={token}",
            $"/stream?addr={address}&token={new string('0', 64)}",
            $"/stream?addr={address}&token={token}0",
            $"/stream?addr={Uri.EscapeDataString(node.Unix)}&token={token}",
            $"/stream?addr={Uri.EscapeDataString("http://127.0.0.1:1/")}&token={token}"])
        {
            Assert.Equal(HttpStatusCode.NotFound, await GetAsync(node.Http + wrong));
        }

        Assert.Equal(7, node.Events.All<NodeEvent.StreamRefused>().Count(refused => refused.Error is AcommError.StreamUnknown));
        Assert.Equal(HttpStatusCode.OK, await GetAsync(url));
        Assert.Equal(HttpStatusCode.NotFound, await GetAsync(url));
    }

    [Fact]
    public async Task An_address_over_http_is_dead_after_its_time()
    {
        var time = new FakeTimeProvider();
        await using var node = await TestNode.StartAsync(TestTasks.Give(() => new TestSource(10).ToSource()), time: time);
        await using var peer = await GoHttpPeer.StartAsync();
        await GoHttpPeer.PostAsync(node.Http, GoWire.CeranaRequest("1", "give", peer.Hook));
        var url = GoWire.UrlText((await peer.NextAsync())["streamURL"])!;

        time.Advance(TimeSpan.FromSeconds(60));

        Assert.Equal(HttpStatusCode.NotFound, await GetAsync(url));
    }

    private static string Part(string url, string name) =>
        url.Split('?')[1].Split('&').Single(pair => pair.StartsWith(name + "=", StringComparison.Ordinal))[(name.Length + 1)..];

    private static async Task<HttpStatusCode> GetAsync(string url)
    {
        using var client = new HttpClient();
        using var reply = await client.GetAsync(url).Within();
        return reply.StatusCode;
    }
}
