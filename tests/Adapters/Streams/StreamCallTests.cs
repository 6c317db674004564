using System.IO.Pipelines;
using Acomm.Domain;
using Acomm.Effects;
using LanguageExt;

namespace Acomm.AdapterTests.Streams;

public sealed class StreamCallTests
{
    private const int Length = 300_000;

    public static TheoryData<string, bool> SourcesAndTransports
    {
        get
        {
            var data = new TheoryData<string, bool>();
            foreach (var kind in (string[])["stream", "pipe", "writer", "opener"])
            {
                data.Add(kind, false);
                data.Add(kind, true);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(SourcesAndTransports))]
    public async Task A_response_stream_is_read_whole(string kind, bool overHttp)
    {
        await using var server = await TestNode.StartAsync(TestTasks.Give(() => Source(kind, new TestSource(Length))));
        await using var caller = await TestNode.StartAsync();

        var reply = await caller.Acomm.RequestAsync<string, string>(server.Address(overHttp), "give", "", CallOptions.None).Ok();
        var read = new MemoryStream();
        var copied = await reply.Stream.IfNone(() => throw new InvalidOperationException("no stream")).CopyToAsync(read).Ok();

        Assert.Equal(Length, copied);
        Assert.Equal(TestSource.Bytes(Length), read.ToArray());
    }

    [Theory]
    [MemberData(nameof(SourcesAndTransports))]
    public async Task A_request_stream_is_read_whole_by_the_handler(string kind, bool overHttp)
    {
        await using var server = await TestNode.StartAsync(TestTasks.Take);
        await using var caller = await TestNode.StartAsync();
        var options = new CallOptions { Stream = Source(kind, new TestSource(Length)) };

        var reply = await caller.Acomm.RequestAsync<string, byte[]>(server.Address(overHttp), "take", "", options).Ok();

        Assert.Equal(TestSource.Bytes(Length), reply.Result);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_empty_stream_ends_cleanly(bool overHttp)
    {
        await using var server = await TestNode.StartAsync(TestTasks.Give(() => new TestSource(0).ToSource()));
        await using var caller = await TestNode.StartAsync();

        var reply = await caller.Acomm.RequestAsync<string, string>(server.Address(overHttp), "give", "", CallOptions.None).Ok();
        await using var stream = await reply.OpenStreamAsync().Ok();

        Assert.Equal(0, await stream.ReadAsync(new byte[10]).Within());
    }

    [Fact]
    public async Task A_reply_without_a_stream_says_so_when_one_is_asked_for()
    {
        await using var node = await TestNode.StartAsync(TestTasks.Echo);

        var reply = await node.Acomm.RequestAsync<string, string>(node.Unix, "echo", "", CallOptions.None).Ok();

        Assert.IsType<AcommError.StreamMissing>(await reply.OpenStreamAsync().Error());
    }

    [Fact]
    public async Task Copying_a_stream_reports_its_progress()
    {
        await using var node = await TestNode.StartAsync(TestTasks.Give(() => new TestSource(Length).ToSource()));
        var reply = await node.Acomm.RequestAsync<string, string>(node.Unix, "give", "", CallOptions.None).Ok();
        var progress = new Seen();

        await reply.Stream.IfNone(() => throw new InvalidOperationException("no stream")).CopyToAsync(Stream.Null, progress).Ok();

        Assert.Equal(progress.Values.Order(), progress.Values);
        Assert.Equal(Length, progress.Values[^1]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_handler_is_told_how_far_its_answer_is_read_and_how_that_ended(bool overHttp)
    {
        var told = new Told();
        await using var server = await TestNode.StartAsync(acomm => acomm.AddTask<RawJson, string>("give", (_, call, _) =>
        {
            call.ResponseProgress = told;
            return Task.FromResult(Answer.WithStream("", new TestSource(Length).ToSource()));
        }));
        await using var caller = await TestNode.StartAsync();

        var reply = await caller.Acomm.RequestAsync<string, string>(server.Address(overHttp), "give", "", CallOptions.None).Ok();
        Assert.Empty(told.Open);
        await reply.Stream.IfNone(() => throw new InvalidOperationException("no stream")).CopyToAsync(Stream.Null).Ok();

        Assert.Equal(new StreamProgress(Length, StreamEnd.Complete), await told.End.Within());
        Assert.Equal(told.Open.Order(), told.Open);
        Assert.Equal(Length, told.Open[^1]);
    }

    [Fact]
    public async Task A_handler_is_told_that_its_answer_is_read_no_further()
    {
        var told = new Told();
        await using var server = await TestNode.StartAsync(acomm => acomm.AddTask<RawJson, string>("give", (_, call, _) =>
        {
            call.ResponseProgress = told;
            return Task.FromResult(Answer.WithStream("", new TestSource(100 << 20).ToSource()));
        }));
        await using var caller = await TestNode.StartAsync();

        var reply = await caller.Acomm.RequestAsync<string, string>(server.Unix, "give", "", CallOptions.None).Ok();
        await using (var stream = await reply.OpenStreamAsync().Ok())
            await stream.ReadExactlyAsync(new byte[10]);

        Assert.Equal(StreamEnd.Torn, (await told.End.Within()).End);
    }

    private static StreamSource Source(string kind, TestSource bytes) => kind switch
    {
        "stream" => StreamSource.From(bytes),
        "pipe" => StreamSource.From(PipeReader.Create(bytes)),
        "writer" => StreamSource.From(bytes.CopyToAsync),
        _ => StreamSource.From(_ => Task.FromResult<Either<AcommError, Stream>>(bytes)),
    };

    private sealed class Told : IProgress<StreamProgress>
    {
        private readonly TaskCompletionSource<StreamProgress> end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<long> Open { get; } = [];

        public Task<StreamProgress> End => end.Task;

        public void Report(StreamProgress value)
        {
            if (value.End == StreamEnd.Open)
                Open.Add(value.Bytes);
            else
                end.SetResult(value);
        }
    }

    private sealed class Seen : IProgress<long>
    {
        public List<long> Values { get; } = [];

        public void Report(long value) => Values.Add(value);
    }
}
