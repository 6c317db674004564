using Acomm.Domain;
using Acomm.Effects;

namespace Acomm.AdapterTests.Proxying;

/// <summary>A request with a task URL is passed on, and its answer comes back through the node that passed it on.</summary>
public sealed class TaskUrlTests
{
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task A_call_is_handled_where_its_task_url_says(bool toProxyOverHttp, bool toWorkerOverHttp)
    {
        await using var worker = await TestNode.StartAsync(TestTasks.Add);
        await using var proxy = await TestNode.StartAsync();
        await using var caller = await TestNode.StartAsync();
        var options = new CallOptions { TaskUrl = Address.Parse(worker.Address(toWorkerOverHttp)).Ok() };

        var reply = await caller.Acomm.RequestAsync<Numbers, Sum>(proxy.Address(toProxyOverHttp), "add", new Numbers(20, 3), options).Ok();

        Assert.Equal(23, reply.Result.Value);
        Assert.Equal((1, 1), (proxy.Tally.Answered, caller.Tally.Answered));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_worker_sees_the_proxys_hook_and_no_task_url(bool overHttp)
    {
        await using var unix = new GoUnixPeer();
        await using var http = await GoHttpPeer.StartAsync();
        await using var proxy = await TestNode.StartAsync();
        await using var caller = new GoUnixPeer();

        await GoWire.SendAsync(proxy.SocketPath, GoWire.CeranaRequest("1", "work", caller.Url, 5, taskUrl: overHttp ? http.Url : unix.Url));
        var request = await (overHttp ? http.NextAsync() : unix.NextAsync());
        await GoWire.RespondAsync(request, GoWire.CeranaResponse("1", "done"));
        var response = await caller.NextAsync();

        Assert.StartsWith(overHttp ? $"{proxy.Http}/proxy?token=" : proxy.Unix, GoWire.HookOf(request), StringComparison.Ordinal);
        Assert.Null(request["taskURL"]);
        Assert.Equal(5, (int?)request["args"]);
        Assert.Equal(("1", "done"), ((string?)response["id"], (string?)response["result"]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Streams_pass_both_ways_through_the_proxy(bool toWorkerOverHttp)
    {
        await using var worker = await TestNode.StartAsync(acomm =>
        {
            TestTasks.Take(acomm);
            TestTasks.Give(() => new TestSource(100_000).ToSource())(acomm);
        });
        await using var proxy = await TestNode.StartAsync();
        await using var caller = await TestNode.StartAsync();
        var options = new CallOptions { TaskUrl = Address.Parse(worker.Address(toWorkerOverHttp)).Ok() };

        var taken = await caller.Acomm.RequestAsync<string, byte[]>(
            proxy.Unix, "take", "", options with { Stream = new TestSource(100_000).ToSource() }).Ok();
        var given = await caller.Acomm.RequestAsync<string, string>(proxy.Unix, "give", "", options).Ok();
        var read = new MemoryStream();
        await given.Stream.IfNone(() => throw new InvalidOperationException("no stream")).CopyToAsync(read).Ok();

        Assert.Equal(TestSource.Bytes(100_000), taken.Result);
        Assert.Equal(TestSource.Bytes(100_000), read.ToArray());
    }

    [Theory]
    [InlineData("unix:///tmp/ac-nobody-is-here.sock")]
    [InlineData("http://nosuch.invalid/")]
    [Trait("Go", "defect")]
    public async Task A_task_url_that_cannot_be_reached_is_answered_as_a_failure(string taskUrl)
    {
        await using var proxy = await TestNode.StartAsync();
        await using var caller = new GoUnixPeer();

        var ack = await GoWire.SendAsync(proxy.SocketPath, GoWire.CeranaRequest("1", "work", caller.Url, taskUrl: taskUrl));
        var response = await caller.NextAsync();

        Assert.Equal("", (string?)ack["error"]);
        Assert.NotEqual("", (string?)response["error"]);
        Assert.Equal(0, proxy.Acomm.Outstanding);
    }

    [Fact]
    public async Task A_worker_that_refuses_is_answered_as_a_failure_with_its_text()
    {
        await using var worker = await TestNode.StartAsync();
        await using var proxy = await TestNode.StartAsync();
        await using var caller = await TestNode.StartAsync();
        var options = new CallOptions { TaskUrl = Address.Parse(worker.Unix).Ok() };

        var error = await caller.Acomm.RequestAsync<string, string>(proxy.Unix, "nobody", "", options).Error();

        Assert.Contains("no handler for the task 'nobody'", Assert.IsType<AcommError.TaskFailed>(error).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_url_that_is_the_nodes_own_is_handled_there()
    {
        await using var node = await TestNode.StartAsync(TestTasks.Echo);
        await using var caller = await TestNode.StartAsync();

        foreach (var own in (string[])[node.Unix, node.Http])
        {
            var options = new CallOptions { TaskUrl = Address.Parse(own).Ok() };
            Assert.Equal("here", (await caller.Acomm.RequestAsync<string, string>(node.Unix, "echo", "here", options).Ok()).Result);
        }
    }
}
