using System.Buffers.Binary;
using Acomm.Domain;
using LanguageExt;
using Xunit;

namespace Acomm.Properties.Codec;

/// <summary>A length is checked as soon as it is known, and what is kept is what has come.</summary>
public sealed class FrameLimitTests
{
    private const int LimitBytes = 10;

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(10)]
    public void A_length_up_to_the_limit_is_taken(int length)
    {
        var frame = Frame.Encode(new byte[length], LimitBytes).Right();
        Assert.Equal(length, Assert.Single(FrameDecoder.WithLimit(LimitBytes).Feed(frame.Span).Frames).Length);
    }

    [Theory]
    [InlineData(11u)]
    [InlineData(0x7fffffffu)]
    [InlineData(0x80000000u)]
    [InlineData(0xffffffffu)]
    public void A_length_above_the_limit_is_refused_by_its_header(uint length)
    {
        var (decoder, frames) = FrameDecoder.WithLimit(LimitBytes).Feed(Header(length));
        Assert.True(frames.IsEmpty);
        Assert.Equal(Option<AcommError>.Some(new AcommError.FrameTooLong(LimitBytes, length)), decoder.Error);
    }

    [Fact]
    public void A_length_of_nothing_is_refused() =>
        Assert.Equal(Option<AcommError>.Some(new AcommError.FrameEmpty()), FrameDecoder.WithLimit(LimitBytes).Feed(Header(0)).Decoder.Error);

    [Fact]
    public void What_may_not_be_read_is_not_written_either()
    {
        Assert.Equal(new AcommError.FrameEmpty(), Frame.Encode(default, LimitBytes).Left());
        Assert.Equal(new AcommError.FrameTooLong(LimitBytes, 11), Frame.Encode(new byte[11], LimitBytes).Left());
    }

    [Fact]
    public void Frames_before_a_bad_one_are_given()
    {
        var (decoder, frames) = FrameDecoder.WithLimit(LimitBytes).Feed([0, 0, 0, 1, 42, .. Header(11), 1, 2, 3]);
        Assert.Equal([42], Assert.Single(frames).ToArray());
        Assert.True(decoder.Error.IsSome);
    }

    [Prop]
    public void After_an_error_it_stays_in_that_error(byte[] more)
    {
        var failed = FrameDecoder.WithLimit(LimitBytes).Feed(Header(0)).Decoder;
        var (decoder, frames) = failed.Feed([.. more, 0, 0, 0, 1, 42]);
        Assert.True(frames.IsEmpty);
        Assert.Equal(failed.Error, decoder.Error);
        Assert.Equal(failed.Error, decoder.End());
        Assert.Equal(0, decoder.GotBytes);
    }

    // A peer that announces much and sends little costs little.
    [Fact]
    public void Invariant_20_nothing_is_set_aside_for_a_length_that_is_only_announced()
    {
        var allocated = Allocated(() => FrameDecoder.WithLimit(1 << 24).Feed(Header(1 << 24)));
        Assert.InRange(allocated, 0, 1 << 16);
    }

    private static byte[] Header(uint length)
    {
        var header = new byte[Frame.HeaderBytes];
        BinaryPrimitives.WriteUInt32BigEndian(header, length);
        return header;
    }

    private static long Allocated(Action work)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        work();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
