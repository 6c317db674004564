using System.IO.Pipelines;
using Acomm.Adapters;
using Acomm.Domain;

namespace Acomm.AdapterTests.Listening;

/// <summary>Reading a frame off any stream, in pieces of which the test knows the size.</summary>
public sealed class FrameStreamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(1_000)]
    [Trait("Go", "defect")]
    public async Task A_frame_that_comes_in_pieces_is_read_whole(int pieceBytes)
    {
        var payload = TestSource.Bytes(100);

        var read = await new InPieces(GoWire.Framed(payload), pieceBytes).ReadFrameAsync(100).Ok();

        Assert.Equal(payload, read.Map(bytes => bytes.ToArray()).IfNone([]));
    }

    [Fact]
    public async Task Every_strict_prefix_of_a_frame_is_truncated_but_the_empty_one()
    {
        var frame = GoWire.Framed(TestSource.Bytes(20));

        Assert.True((await new InPieces([], 1).ReadFrameAsync(100).Ok()).IsNone);
        for (var length = 1; length < frame.Length; length++)
            Assert.IsType<AcommError.FrameTruncated>(await new InPieces(frame[..length], 7).ReadFrameAsync(100).Error());
    }

    [Fact]
    public async Task A_pipe_carries_frames_as_well()
    {
        var pipe = new Pipe();
        await pipe.Writer.AsStream().WriteFrameAsync("{}"u8.ToArray(), 10).Ok();

        var read = await pipe.Reader.AsStream().ReadFrameAsync(10).Ok();

        Assert.Equal("{}"u8.ToArray(), read.Map(document => document.ToArray()).IfNone([]));
    }

    [Fact]
    public async Task What_is_written_is_what_a_go_peer_would_write()
    {
        var written = new MemoryStream();

        await written.WriteFrameAsync(TestSource.Bytes(300), 300).Ok();
        var tooLong = await written.WriteFrameAsync(TestSource.Bytes(301), 300).Error();

        Assert.Equal(GoWire.Framed(TestSource.Bytes(300)), written.ToArray());
        Assert.IsType<AcommError.FrameTooLong>(tooLong);
    }

    private sealed class InPieces(byte[] bytes, int pieceBytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, pieceBytes)], cancellationToken);
    }
}
