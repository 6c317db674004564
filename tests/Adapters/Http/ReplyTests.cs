using Acomm.Domain;
using Acomm.Effects;
using Microsoft.Extensions.Time.Testing;

namespace Acomm.AdapterTests.Http;

/// <summary>What the reply to a POST means: a refusal ends the call, anything doubtful leaves it open.</summary>
public sealed class ReplyTests
{
    private const string Accepting = """{"id":"","result":null,"error":""}""";
    private const string Refusing = """{"id":"","result":null,"error":"not here"}""";

    public static TheoryData<string, string, string> Refusals => new()
    {
        { "HttpStatus", "a page that is not there", RawHttpServer.Reply(404, "<h1>Not Found</h1>", "text/html") },
        { "HttpStatus", "a bad request without a reason", RawHttpServer.Reply(400, "") },
        { "Rejected", "an error with status 200", RawHttpServer.Reply(200, Refusing) },
        { "Rejected", "an error with status 500, as Go sends it", RawHttpServer.Reply(500, Refusing) },
        { "Rejected", "an error with status 404", RawHttpServer.Reply(404, Refusing) },
        { "RedirectRefused", "a redirect", RawHttpServer.Reply(302, Accepting, headers: "Location: http://127.0.0.1:1/\r\n") },
        { "RedirectRefused", "a permanent redirect", RawHttpServer.Reply(308, Refusing, headers: "Location: http://127.0.0.1:1/\r\n") },
    };

    public static TheoryData<string, string, string> Doubts => new()
    {
        { "HttpStatus", "a failure with an empty object", RawHttpServer.Reply(500, "{}") },
        { "HttpStatus", "a failure with an accepting body", RawHttpServer.Reply(503, Accepting) },
        { "BadAck", "success with an empty object", RawHttpServer.Reply(200, "{}") },
        { "BadAck", "success with a page", RawHttpServer.Reply(200, "<html>", "text/html") },
        { "BadAck", "success with nothing", RawHttpServer.Reply(200, "") },
        { "BadAck", "success with null", RawHttpServer.Reply(200, "null") },
        { "BadAck", "a body above the limit", RawHttpServer.Reply(200, new string(' ', 2_000)) },
        { "BadAck", "a body cut short", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"id\"" },
        { "PeerClosed", "no reply", "" },
        { "PeerClosed", "a head cut short", "HTTP/1.1 200 OK\r\nContent-Le" },
        { "BadAck", "no HTTP", "hello, who is there?\r\n\r\n" },
        { "BadAck", "a head above its limit", RawHttpServer.Reply(200, Accepting, headers: $"X: {new string('x', 70 << 10)}\r\n") },
        { "BadAck", "a compressed body, which was not asked for", RawHttpServer.Reply(200, "\u001f", headers: "Content-Encoding: gzip\r\n") },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    [Trait("Go", "defect")]
    public async Task A_refusing_reply_ends_the_call(string error, string what, string reply)
    {
        await using var server = new RawHttpServer(reply);
        await using var node = await NodeAsync();

        var refused = await node.Acomm.CallAsync<string, string>(server.Url, "greet", "").Error();

        Assert.True(error == refused.Name, $"{what}: {refused}");
        Assert.Equal(Delivery.Refused, refused.Delivery);
        Assert.Equal(1, server.Requests);
    }

    [Theory]
    [MemberData(nameof(Doubts))]
    [Trait("Go", "defect")]
    public async Task A_doubtful_reply_leaves_the_call_open_for_its_answer(string error, string what, string reply)
    {
        await using var server = new RawHttpServer(reply);
        await using var node = await NodeAsync();
        using var cancel = new CancellationTokenSource();
        var call = node.Acomm.CallAsync<string, string>(server.Url, "greet", "", cancel.Token);

        var failed = await node.Events.First<NodeEvent.SendFailed>();

        Assert.True(error == failed.Error.Name, $"{what}: {failed.Error}");
        Assert.Equal(Delivery.Indeterminate, failed.Error.Delivery);
        Assert.Equal(1, node.Acomm.Outstanding);
        await cancel.CancelAsync();
        Assert.IsType<AcommError.Cancelled>(await call.Error());
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"id\":")]
    public async Task A_server_that_stands_still_anywhere_in_its_reply_is_an_acknowledgement_timeout_after_10_s(string beginning)
    {
        var never = new TaskCompletionSource();
        await using var server = new RawHttpServer(async connection =>
        {
            await connection.WriteAsync(System.Text.Encoding.ASCII.GetBytes(beginning));
            await never.Task;
        });
        var time = new FakeTimeProvider();
        await using var node = await TestNode.StartAsync(time: time);
        using var cancel = new CancellationTokenSource();
        var call = node.Acomm.CallAsync<string, string>(server.Url, "greet", "", cancel.Token);
        await server.Requested;

        time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.Empty(node.Events.All<NodeEvent.SendFailed>());
        time.Advance(TimeSpan.FromSeconds(0.1));
        var failed = await node.Events.First<NodeEvent.SendFailed>();

        Assert.Equal(TimeSpan.FromSeconds(10), Assert.IsType<AcommError.AckTimeout>(failed.Error).Limit);
        Assert.Equal(1, node.Acomm.Outstanding);
        await cancel.CancelAsync();
        await call.Error();
        never.SetResult();
    }

    [Fact]
    public async Task A_server_that_replies_a_byte_at_a_time_is_cut_when_the_time_for_all_of_it_is_over()
    {
        var time = new FakeTimeProvider();
        await using var server = new RawHttpServer(async connection =>
        {
            foreach (var one in System.Text.Encoding.ASCII.GetBytes(RawHttpServer.Reply(200, Accepting)))
            {
                await connection.WriteAsync(new[] { one });
                time.Advance(TimeSpan.FromSeconds(1));
            }
        });
        await using var node = await TestNode.StartAsync(time: time);
        using var cancel = new CancellationTokenSource();
        var call = node.Acomm.CallAsync<string, string>(server.Url, "greet", "", cancel.Token);

        Assert.IsType<AcommError.AckTimeout>((await node.Events.First<NodeEvent.SendFailed>()).Error);

        await cancel.CancelAsync();
        await call.Error();
    }

    [Fact]
    public async Task A_body_that_never_ends_is_cut_at_the_limit()
    {
        await using var server = new RawHttpServer(async connection =>
        {
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"u8.ToArray());
            for (var i = 0; i < 100_000; i++)
                await connection.WriteAsync(new byte[4_096]);
        });
        await using var node = await NodeAsync();
        using var cancel = new CancellationTokenSource();
        var call = node.Acomm.CallAsync<string, string>(server.Url, "greet", "", cancel.Token);

        Assert.IsType<AcommError.BadAck>((await node.Events.First<NodeEvent.SendFailed>()).Error);

        await cancel.CancelAsync();
        await call.Error();
    }

    private static Task<TestNode> NodeAsync() => TestNode.WithLimitsAsync(l => l with { FrameBytes = 1_000 });
}
