using System.Diagnostics;
using Acomm.Domain;
using Acomm.Effects;

namespace Acomm.AdapterTests.Diagnostics;

/// <summary>Calls and handlers are spans of one trace, wherever they run.</summary>
[Collection(ListeningTests.Name)]
public sealed class TracingTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_handler_is_a_span_within_that_of_its_call(bool overHttp)
    {
        Activity? within = null;
        await using var worker = await TestNode.StartAsync(acomm => acomm.AddTask<RawJson, string>("t", (_, _, _) =>
        {
            within = Activity.Current;
            return Task.FromResult<Answer<string>>("done");
        }));
        await using var caller = await TestNode.StartAsync();
        using var spans = new Spans();
        using var around = new Activity("around").Start();
        around.TraceStateString = "vendor=1";

        var reply = await caller.Acomm.RequestAsync<int, string>(worker.Address(overHttp), "t", 1, CallOptions.None).Ok();

        Assert.Same(around, Activity.Current);
        var (call, handler) = (await spans.OneAsync(ActivityKind.Client), await spans.OneAsync(ActivityKind.Server));
        Assert.Equal((around.TraceId, around.SpanId, call.SpanId), (handler.TraceId, call.ParentSpanId, handler.ParentSpanId));
        Assert.True(handler.HasRemoteParent);
        Assert.Equal("vendor=1", handler.TraceStateString);
        Assert.Equal(handler.SpanId, within?.SpanId);
        Assert.All([call, handler], span => Assert.Equal(
            ("t", "acomm", "t", reply.Id.ToString(), ActivityStatusCode.Unset),
            (span.DisplayName, Tag(span, "rpc.system.name"), Tag(span, "rpc.method"), Tag(span, "acomm.request.id"), span.Status)));
        Assert.Equal(overHttp ? "127.0.0.1" : worker.SocketPath, Tag(call, "server.address"));
        Assert.Equal(overHttp ? "127.0.0.1" : null, Tag(handler, "client.address"));
        Assert.Empty(call.Links);
    }

    [Theory]
    [InlineData("fail", "TaskFailed", "TaskFailed")]
    [InlineData("throw", "TaskFailed", "HandlerFailed")]
    public async Task A_failure_is_told_by_its_name_and_not_by_its_text(string task, string callError, string handlerError)
    {
        await using var node = await TestNode.StartAsync(acomm =>
        {
            TestTasks.Fail(acomm);
            TestTasks.Throw(acomm);
        });
        using var spans = new Spans();
        await node.Acomm.CallAsync<string, Sum>(node.Unix, task, "what only the two may know").Error();
        var (call, handler) = (await spans.OneAsync(ActivityKind.Client), await spans.OneAsync(ActivityKind.Server));
        Assert.Equal((callError, handlerError), (Tag(call, "error.type"), Tag(handler, "error.type")));
        Assert.All([call, handler], span => Assert.Equal((ActivityStatusCode.Error, null), (span.Status, span.StatusDescription)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_proxy_passes_the_trace_on_both_ways_and_has_no_part_in_it(bool overHttp)
    {
        PendingCall? call = null;
        await using var worker = await TestNode.StartAsync(TestTasks.Echo);
        await using var proxy = await TestNode.StartAsync();
        await using var caller = await TestNode.StartAsync();
        using var spans = new Spans();
        var options = new CallOptions { TaskUrl = Address.Parse(worker.Address(overHttp)).Ok() };
        call = caller.Acomm.Begin(Address.Parse(proxy.Unix).Ok(), TaskName.Parse("echo").Ok(), RawJson.Null, options);
        await call.Answer.Ok();
        var (client, server) = (await spans.OneAsync(ActivityKind.Client), await spans.OneAsync(ActivityKind.Server));
        Assert.Equal((client.TraceId, client.SpanId), (server.TraceId, server.ParentSpanId));
        Assert.Equal(server.Id, call.AnswerTrace.Map(trace => trace.Parent));
    }

    [Fact]
    public async Task A_peer_that_answers_from_a_trace_of_its_own_is_linked()
    {
        const string Foreign = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        await using var peer = new GoUnixPeer();
        await using var caller = await TestNode.StartAsync();
        using var spans = new Spans();
        var call = caller.Acomm.CallAsync<int, int>(peer.Url, "t", 1);
        var request = await peer.NextAsync();
        var response = GoWire.MistifyResponse((string)request["id"]!, 7);
        response["traceparent"] = Foreign;
        await GoWire.RespondAsync(request, response);
        Assert.Equal(7, await call.Ok());
        var link = Assert.Single((await spans.OneAsync(ActivityKind.Client)).Links);
        Assert.Equal(ActivityContext.Parse(Foreign, null), new ActivityContext(link.Context.TraceId, link.Context.SpanId, link.Context.TraceFlags));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Without_a_listener_the_applications_trace_is_carried_over_if_there_is_one(bool isTraced, bool isSampledOut)
    {
        await using var peer = new GoUnixPeer();
        await using var caller = await TestNode.StartAsync();
        using var spans = isSampledOut ? new Spans(ActivitySamplingResult.None) : null;
        using var around = isTraced ? new Activity("around").Start() : null;
        _ = caller.Acomm.CallAsync<int, int>(peer.Url, "t", 1);
        Assert.Equal(around?.Id, (string?)(await peer.NextAsync())["traceparent"]);
    }

    private static string? Tag(Activity span, string name) => span.GetTagItem(name)?.ToString();
}
