using Acomm.Domain;
using Acomm.Effects;
using LanguageExt;
using Xunit;
using static Acomm.Properties.Running.FakeWorld;

namespace Acomm.Properties.Running;

/// <summary>Streams on their way with requests and answers: who is offered them, and what becomes of one that nobody can read.</summary>
public sealed class CarriedStreamTests
{
    private static readonly Address Hook = At("unix:///caller.sock");
    private static readonly Address HttpHook = At("http://10.0.0.7/hook");
    private static readonly Address Data = At("unix:///data.sock");
    private static readonly byte[] Bytes = [.. Enumerable.Range(0, 1000).Select(i => (byte)i)];
    private readonly FakeWorld world = new();

    [Fact]
    public async Task A_request_without_a_stream_has_none_to_open_or_copy()
    {
        var missing = new AcommError.StreamMissing(NewRequest().Id);
        Assert.Equal(missing, (await InHandlerAsync(NewRequest(), (call, cancel) => call.OpenStreamAsync(cancel))).Left());
        Assert.Equal(missing, (await InHandlerAsync(NewRequest(), (call, cancel) => call.CopyStreamToAsync(Stream.Null, cancel))).Left());
        Assert.Equal(missing, (await new Reply<int>(missing.Id, 1, default).OpenStreamAsync()).Left());
    }

    [Fact]
    public async Task The_stream_of_an_answer_is_offered_to_the_caller_who_can_open_it()
    {
        await AnswerAsync(NewRequest(), new MemoryStream());
        var offered = Assert.Single(world.Offered.Keys);
        var answer = LastResponse();
        Assert.Equal(offered, answer.StreamUrl);
        Assert.Empty(world.Withdrawn);

        using var caller = Started();
        world.OnOpen = from => from == offered ? new MemoryStream(Bytes) : new AcommError.StreamUnknown();
        var call = caller.Begin(Hook, Task_("t"), RawJson.Null, new CallOptions { Id = Id("r1") });
        caller.ReceiveOnSocket(Document.Write(answer));
        Assert.True((await (await call.Answer).Right().OpenStreamAsync()).IsRight);
        Assert.Equal([(offered, Reach.Anywhere)], world.Opened);
    }

    [Fact]
    public async Task A_stream_in_an_answer_from_outside_is_opened_on_the_word_of_its_sender_only()
    {
        var from = IpAddress.Parse("10.0.0.7").IfNone(default(IpAddress));
        world.Current = At("http://10.0.0.8:5000/");
        using var caller = Started();
        var call = caller.Begin(At("http://10.0.0.7/"), Task_("t"), RawJson.Null, CallOptions.None);
        var request = Document.ReadRequest(world.Sent.Last().Document, Limits.Default).Right();
        var token = Token.Parse(request.ResponseHook.IfNone(Hook).RawQuery["token=".Length..]).ToOption();
        var answer = request.Succeed(Json("1")) with { StreamUrl = At("http://10.0.0.7/data") };
        Assert.Equal(Acknowledgement.Ok, caller.ReceiveResponse(Document.Write(answer), from, token));
        await (await call.Answer).Right().OpenStreamAsync();
        Assert.Equal(from, Assert.IsType<Reach.Outside>(Assert.Single(world.Opened).Reach).Caller);
    }

    [Fact]
    public async Task The_stream_of_an_answer_that_nobody_wants_is_disposed()
    {
        var source = new MemoryStream();
        await AnswerAsync(NewRequest() with { ResponseHook = Option<Address>.None }, source);
        Assert.False(source.CanRead);
        Assert.Empty(world.Offered);
        Assert.Empty(world.Sent);
    }

    [Fact]
    public async Task The_stream_of_an_answer_that_is_refused_is_withdrawn()
    {
        world.OnSend = (to, _, _) => Task.FromResult<Either<AcommError, Unit>>(new AcommError.Rejected(to, "late", "ResponseLate"));
        await AnswerAsync(NewRequest(), new MemoryStream());
        Assert.Equal(world.Offered.Keys, world.Withdrawn);
        Assert.IsType<AcommError.Rejected>(Assert.Single(world.Events.OfType<NodeEvent.AnswerLost>()).Error);
        Assert.Single(world.Sent);
    }

    [Fact]
    public async Task The_stream_of_an_answer_that_may_have_arrived_stays()
    {
        world.OnSend = (to, _, _) => Task.FromResult<Either<AcommError, Unit>>(new AcommError.AckTimeout(to, TimeSpan.FromSeconds(5)));
        await AnswerAsync(NewRequest(), new MemoryStream());
        Assert.Empty(world.Withdrawn);
        Assert.Single(world.Sent);
    }

    [Fact]
    public async Task A_stream_that_cannot_be_brought_to_another_machine_is_told_to_the_hook()
    {
        await AnswerAsync(NewRequest() with { ResponseHook = HttpHook }, new MemoryStream());
        var failure = Assert.IsType<Outcome.Failure>(LastResponse().Outcome);
        Assert.StartsWith("NoPublicUrl:", failure.Text, StringComparison.Ordinal);
        Assert.Single(world.Sent);
        Assert.Equal(world.Offered.Keys, world.Withdrawn);
    }

    [Fact]
    public async Task A_stream_for_another_machine_is_published_over_http()
    {
        world.Current = At("http://10.0.0.8:5000/");
        await AnswerAsync(NewRequest() with { ResponseHook = HttpHook }, new MemoryStream());
        var published = LastResponse().StreamUrl.IfNone(Data);
        Assert.StartsWith("http://10.0.0.8:5000/stream?addr=", published.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("unix:///worker.sock", "unix:///streams/")]
    [InlineData("http://10.0.0.7/", "http://10.0.0.8:5000/stream?addr=")]
    public async Task The_stream_of_a_call_is_offered_where_its_receiver_can_reach_it_and_withdrawn_when_that_is_over(string to, string offered)
    {
        world.Current = At("http://10.0.0.8:5000/");
        using var caller = Started();
        var call = caller.Begin(At(to), Task_("t"), Json("1"), new CallOptions { Stream = StreamSource.From(new MemoryStream()) });
        await world.SentAsync(1);
        var request = Document.ReadRequest(world.Sent.Single().Document, Limits.Default).Right();
        Assert.StartsWith(offered, request.StreamUrl.Map(url => url.ToString()).IfNone(""), StringComparison.Ordinal);
        Assert.Empty(world.Withdrawn);
        call.Remove();
        await caller.StopAsync(default);
        Assert.Equal(world.Offered.Keys, world.Withdrawn);
    }

    [Fact]
    public async Task The_stream_of_a_call_that_is_given_up_while_it_is_sent_is_withdrawn()
    {
        world.OnSend = async (_, _, cancel) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancel);
            return Unit.Default;
        };
        using var caller = Started();
        var call = caller.Begin(Hook, Task_("t"), Json("1"), new CallOptions { Stream = StreamSource.From(new MemoryStream()) });
        call.Remove();
        await caller.StopAsync(default);
        Assert.Equal(world.Offered.Keys, world.Withdrawn);
        Assert.Single(world.Withdrawn);
    }

    [Fact]
    public async Task A_stream_that_cannot_be_offered_to_another_machine_is_withdrawn_and_the_call_ends()
    {
        using var caller = Started();
        world.Current = At("http://10.0.0.8:5000/");
        world.OnPublish = unix => new AcommError.NoPublicUrl(unix);
        var call = caller.Begin(At("http://10.0.0.7/"), Task_("t"), Json("1"), new CallOptions { Stream = StreamSource.From(new MemoryStream()) });
        Assert.IsType<AcommError.NoPublicUrl>((await call.Answer).Left());
        Assert.Single(world.Withdrawn);
        Assert.Empty(world.Sent);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public async Task The_stream_of_an_answer_from_outside_is_withdrawn_if_its_hook_did_not_get_it(bool mayHaveArrived, int withdrawn)
    {
        var from = IpAddress.Parse("10.0.0.7").IfNone(default(IpAddress));
        world.Current = At("http://10.0.0.8:5000/");
        world.OnSend = (to, _, _) => Task.FromResult<Either<AcommError, Unit>>(
            to != Hook ? Unit.Default
            : mayHaveArrived ? new AcommError.AckTimeout(to, TimeSpan.FromSeconds(5))
            : new AcommError.Rejected(to, "no", default));
        using var node = Started();
        node.ReceiveOnSocket(Document.Write(NewRequest() with { TaskUrl = At("http://10.0.0.7/") }));
        await world.SentAsync(1);
        var request = Document.ReadRequest(world.Sent.Single().Document, Limits.Default).Right();
        var token = Token.Parse(request.ResponseHook.IfNone(Hook).RawQuery["token=".Length..]).ToOption();
        node.ReceiveResponse(Document.Write(request.Succeed(Json("1")) with { StreamUrl = At("http://10.0.0.7/data") }), from, token);
        await node.StopAsync(default);
        Assert.Single(world.Offered);
        Assert.Equal(withdrawn, world.Withdrawn.Count);
    }

    [Fact]
    public async Task A_source_that_was_never_read_is_disposed_once_as_well()
    {
        var disposed = 0;
        var source = StreamSource.From((_, _) => Task.CompletedTask, () =>
        {
            disposed++;
            return ValueTask.CompletedTask;
        });
        await source.DisposeAsync();
        await source.DisposeAsync();
        Assert.Equal(1, disposed);
        await StreamSource.From((_, _) => Task.CompletedTask).DisposeAsync();
    }

    [Fact]
    public async Task A_source_that_is_opened_late_is_closed_when_it_was_read_and_breaks_off_where_it_cannot_be_opened()
    {
        var stream = new MemoryStream(Bytes);
        var read = new MemoryStream();
        await StreamSource.From(_ => Task.FromResult<Either<AcommError, Stream>>(stream)).CopyToAsync(read, default);
        Assert.Equal(Bytes, read.ToArray());
        Assert.False(stream.CanRead);
        var error = new AcommError.StreamUnknown();
        var closed = StreamSource.From(_ => Task.FromResult<Either<AcommError, Stream>>(error));
        Assert.Equal(error, (await Assert.ThrowsAsync<StreamTornException>(() => closed.CopyToAsync(read, default))).Error);
    }

    private async Task<T> InHandlerAsync<T>(Request request, Func<CallContext, CancellationToken, Task<T>> use)
    {
        var used = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var node = Started(("t", HandleAsync));
        Assert.Equal(Acknowledgement.Ok, node.ReceiveOnSocket(Document.Write(request)));
        await node.StopAsync(default);
        return await used.Task;

        async Task<Answer<RawJson>> HandleAsync(CallContext call, CancellationToken cancel)
        {
            used.SetResult(await use(call, cancel));
            return Json("1");
        }
    }

    private async Task AnswerAsync(Request request, MemoryStream stream)
    {
        using var node = Started(("t", (_, _) => Task.FromResult(Answer.WithStream(Json("1"), StreamSource.From(stream)))));
        Assert.Equal(Acknowledgement.Ok, node.ReceiveOnSocket(Document.Write(request)));
        await node.StopAsync(default);
    }

    private AcommNode Started(params (string, TaskHandler)[] tasks)
    {
        var node = world.NewNode(null, tasks);
        node.Start();
        return node;
    }

    private static Request NewRequest() => Request.Of(Id("r1"), Task_("t"), Json("[1]"), Hook);

    private Response LastResponse() => Document.ReadResponse(world.Sent.Last().Document, Limits.Default).Right();
}
