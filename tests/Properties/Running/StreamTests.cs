using Acomm.Domain;
using Acomm.Effects;
using LanguageExt;
using Xunit;
using static Acomm.Properties.Running.FakeWorld;

namespace Acomm.Properties.Running;

/// <summary>Invariant 21 as far as it does not need a socket: a copy is the whole stream, or an error and a beginning of it.</summary>
public sealed class StreamTests
{
    private static readonly Address Place = At("unix:///s.sock");
    private static readonly AcommError Torn = new AcommError.StreamTorn(Place, "cut");
    private readonly FakeWorld world = new();

    [Prop]
    public async Task Invariant_21_what_is_copied_is_all_of_the_stream_or_an_error_and_a_beginning_of_it(byte[] bytes, byte pieceBytes, bool tears)
    {
        var from = new PiecesStream(bytes, pieceBytes, tears ? bytes.Length / 2 : null);
        world.OnOpen = _ => from;
        var progress = new Steps();
        using var copied = new MemoryStream();
        var result = await (await AnswerStreamAsync()).CopyToAsync(copied, progress);

        Assert.Equal(tears ? bytes[..(bytes.Length / 2)] : bytes, copied.ToArray());
        Assert.Equal(tears ? Torn : (Either<AcommError, long>)bytes.Length, result);
        Assert.Equal(copied.Length, progress.Values.LastOrDefault());
        Assert.Equal(progress.Values.Order(), progress.Values);
        Assert.Equal(1, from.Disposals);
    }

    [Fact]
    public async Task Invariant_21_a_stream_that_cannot_be_opened_is_an_error_and_no_empty_stream()
    {
        using var copied = new MemoryStream();
        Assert.IsType<AcommError.StreamUnknown>((await (await AnswerStreamAsync()).CopyToAsync(copied)).Case);
    }

    [Prop]
    public async Task Invariant_21_a_source_is_written_whole_or_throws_and_is_disposed_once(byte[] bytes, byte pieceBytes, bool tears)
    {
        var from = new PiecesStream(bytes, pieceBytes, tears ? bytes.Length / 2 : null);
        var source = StreamSource.From(from);
        using var written = new MemoryStream();
        var thrown = await Record.ExceptionAsync(() => source.CopyToAsync(written, default));
        await source.DisposeAsync();
        await source.DisposeAsync();

        Assert.Equal(tears, thrown is StreamTornException);
        Assert.Equal(tears ? bytes[..(bytes.Length / 2)] : bytes, written.ToArray());
        Assert.Equal(1, from.Disposals);
    }

    [Prop]
    public async Task A_source_tells_what_was_written_of_it_and_last_how_it_ended(byte[] bytes, byte pieceBytes, bool tears)
    {
        var from = new PiecesStream(bytes, pieceBytes, tears ? bytes.Length / 2 : null);
        var told = new Told();
        var source = StreamSource.From(from).WithProgress(told);
        using var written = new MemoryStream();
        await Record.ExceptionAsync(() => source.CopyToAsync(written, default));
        await source.DisposeAsync();

        Assert.Equal(new StreamProgress(written.Length, tears ? StreamEnd.Torn : StreamEnd.Complete), told.Values[^1]);
        Assert.All(told.Values.SkipLast(1), step => Assert.Equal(StreamEnd.Open, step.End));
        var steps = told.Values.SkipLast(1).Select(step => step.Bytes).ToList();
        Assert.Equal(steps.Order().Distinct(), steps);
        Assert.Equal(written.Length, steps.LastOrDefault());
        Assert.Equal(1, from.Disposals);
        Assert.Equal(bytes[..(int)written.Length], written.ToArray());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_source_writes_in_one_go_is_told_in_pieces_too(bool isAsync)
    {
        var bytes = Enumerable.Range(0, (3 * StreamSource.PieceBytes) + 5).Select(n => (byte)n).ToArray();
        var told = new Told();
        var source = StreamSource.From(async (to, cancel) =>
        {
            if (isAsync)
                await to.WriteAsync(bytes, cancel);
            else
                to.Write(bytes, 0, bytes.Length);
        }).WithProgress(told);
        using var written = new MemoryStream();
        await source.CopyToAsync(written, default);

        Assert.Equal(bytes, written.ToArray());
        Assert.Equal(
            [StreamSource.PieceBytes, 2 * StreamSource.PieceBytes, 3 * StreamSource.PieceBytes, bytes.Length, bytes.Length],
            told.Values.Select(step => (int)step.Bytes));
    }

    [Fact]
    public async Task A_source_that_nobody_reads_says_so_once_when_it_is_disposed()
    {
        var from = new PiecesStream([1, 2], 0, null);
        var told = new Told();
        var source = StreamSource.From(from).WithProgress(told);
        Assert.Empty(told.Values);

        await source.DisposeAsync();
        await source.DisposeAsync();

        Assert.Equal(new StreamProgress(0, StreamEnd.Unread), Assert.Single(told.Values));
        Assert.Equal(1, from.Disposals);
    }

    private async Task<RemoteStream> AnswerStreamAsync()
    {
        using var node = world.NewNode();
        node.Start();
        var call = node.Begin(At("unix:///peer.sock"), Task_("t"), RawJson.Null, CallOptions.None);
        node.ReceiveOnSocket(Document.Write(Response.Success(call.Id, RawJson.Null) with { StreamUrl = Place }));
        return (await call.Answer).Right().Stream.IfNone(() => throw new InvalidOperationException("no stream"));
    }

    // At once, unlike Progress<T>.
    private sealed class Steps : IProgress<long>
    {
        public List<long> Values { get; } = [];

        public void Report(long value) => Values.Add(value);
    }

    private sealed class Told : IProgress<StreamProgress>
    {
        public List<StreamProgress> Values { get; } = [];

        public void Report(StreamProgress value) => Values.Add(value);
    }

    private sealed class PiecesStream(byte[] bytes, int pieceBytes, int? tearsAt) : MemoryStream(bytes)
    {
        public int Disposals { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var left = (tearsAt ?? Length) - Position;
            if (left == 0 && tearsAt is not null)
                throw new StreamTornException(Torn);
            return base.ReadAsync(buffer[..(int)Math.Min(Math.Min(left, pieceBytes + 1), buffer.Length)], cancellationToken);
        }

        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) => CopyAsync(destination, cancellationToken);

        public override ValueTask DisposeAsync()
        {
            Disposals++;
            return base.DisposeAsync();
        }

        private async Task CopyAsync(Stream destination, CancellationToken cancel)
        {
            var buffer = new byte[64];
            while (await ReadAsync(buffer, cancel) is > 0 and var read)
                await destination.WriteAsync(buffer.AsMemory(0, read), cancel);
        }
    }
}
