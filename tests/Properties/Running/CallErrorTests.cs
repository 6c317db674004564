using Acomm.Domain;
using Acomm.Effects;
using LanguageExt;
using Xunit;
using static Acomm.Properties.Running.FakeWorld;

namespace Acomm.Properties.Running;

/// <summary>Calls that end before anything is sent, or with an answer that does not fit.</summary>
public sealed class CallErrorTests
{
    private static readonly Address Peer = At("unix:///peer.sock");
    private readonly FakeWorld world = new();
    private readonly MemoryStream data = new();

    [Theory]
    [InlineData("ftp://x", "t", "SchemeUnknown")]
    [InlineData("unix:///peer.sock", "", "ValueInvalid")]
    public async Task A_wrong_address_or_task_is_told_by_itself_and_the_stream_disposed(string to, string task, string error)
    {
        using var node = Started();
        var called = await node.RequestAsync<int, int>(to, task, 1, WithData());
        Assert.Equal(error, called.Left().Name);
        AssertNothingBegun();
    }

    [Fact]
    public async Task Args_that_cannot_be_written_are_told_and_the_stream_disposed()
    {
        using var node = Started();
        Assert.IsType<AcommError.Unserializable>((await node.RequestAsync<double, int>(Peer, Task_("t"), double.NaN, WithData())).Left());
        AssertNothingBegun();
    }

    [Fact]
    public async Task A_call_that_is_cancelled_already_is_not_begun()
    {
        using var node = Started();
        var called = await node.RequestAsync<int, int>(Peer, Task_("t"), 1, WithData() with { Id = Id("mine") }, new CancellationToken(true));
        Assert.Equal(new AcommError.Cancelled(Id("mine")), called.Left());
        AssertNothingBegun();
    }

    [Fact]
    public async Task A_result_that_does_not_fit_is_an_error_that_names_the_call()
    {
        using var node = Started();
        var called = node.RequestAsync<int, int>(Peer, Task_("t"), 1, new CallOptions { Id = Id("mine") });
        node.ReceiveOnSocket(Document.Write(Response.Success(Id("mine"), Json("\"no number\""))));
        var error = (await called).Left<AcommError.ResultMismatch, Reply<int>>();
        Assert.Equal((Task_("t"), Id("mine"), "$"), (error.Task, error.Id, error.Path));
    }

    [Fact]
    public async Task A_request_above_the_limit_is_not_sent_and_one_at_the_limit_is()
    {
        var request = Request.Of(Id("r"), Task_("t"), Json("[1]"), Peer);
        var bytes = Document.Write(request).Length;
        foreach (var (limit, sent) in new[] { (bytes, 1), (bytes - 1, 0) })
        {
            world.Sent.Clear();
            using var node = world.NewNode(Limits.Default with { FrameBytes = limit });
            var outcome = await node.SendAsync(Peer, request);
            Assert.Equal(sent == 1 ? Unit.Default : new AcommError.FrameTooLong(limit, bytes), outcome);
            Assert.Equal(sent, world.Sent.Count);
        }
    }

    [Fact]
    public async Task A_response_is_sent_to_its_hook_and_what_became_of_it_is_told()
    {
        using var node = Started();
        var response = Response.Success(Id("r"), Json("1"));
        Assert.True((await node.SendAsync(Peer, response)).IsRight);
        var (to, document) = Assert.Single(world.Sent);
        Assert.Equal((Peer, response), (to, Document.ReadResponse(document, Limits.Default).Right()));
        var late = new AcommError.Rejected(Peer, "late", "ResponseLate");
        world.OnSend = (_, _, _) => Task.FromResult<Either<AcommError, Unit>>(late);
        Assert.Equal(late, (await node.SendAsync(Peer, response)).Left());
    }

    [Fact]
    public async Task A_removed_call_is_cancelled_and_forgotten()
    {
        using var node = Started();
        var call = node.Begin(Peer, Task_("t"), RawJson.Null, CallOptions.None);
        call.Remove();
        Assert.Equal(new AcommError.Cancelled(call.Id), (await call.Answer).Left());
        Assert.Equal(0, node.Outstanding);
    }

    [Fact]
    public async Task A_send_that_failed_is_an_event_with_its_error()
    {
        using var node = Started();
        var gone = new AcommError.PeerUnreachable(Peer, "gone");
        world.OnSend = (_, _, _) => Task.FromResult<Either<AcommError, Unit>>(gone);
        var call = node.Begin(Peer, Task_("t"), RawJson.Null, CallOptions.None);
        Assert.Equal(gone, (await call.Answer).Left());
        Assert.Equal([new NodeEvent.SendFailed(call.Id, Peer, gone)], world.Events);
    }

    [Fact]
    public async Task A_task_url_goes_out_with_the_request()
    {
        using var node = Started();
        node.Begin(Peer, Task_("t"), RawJson.Null, new CallOptions { TaskUrl = At("unix:///worker.sock") });
        await world.SentAsync(1);
        Assert.Equal(At("unix:///worker.sock"), Document.ReadRequest(world.Sent.Last().Document, Limits.Default).Right().TaskUrl);
    }

    private AcommNode Started()
    {
        var node = world.NewNode();
        node.Start();
        return node;
    }

    private CallOptions WithData() => new() { Stream = StreamSource.From(data) };

    private void AssertNothingBegun()
    {
        Assert.False(data.CanRead);
        Assert.Empty(world.Sent);
        Assert.Empty(world.Offered);
    }
}
