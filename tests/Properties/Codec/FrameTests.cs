using Acomm.Domain;
using LanguageExt;
using Xunit;

namespace Acomm.Properties.Codec;

/// <summary>Frames come out the same however the bytes were cut on their way.</summary>
public sealed class FrameTests
{
    private const int LimitBytes = 1 << 16;

    /// <summary>The bytes of one frame.</summary>
    public static byte[] Framed(byte[] payload) => Frame.Encode(payload, LimitBytes).Right().ToArray();

    [Fact]
    public void A_frame_is_the_length_in_big_endian_and_the_bytes()
    {
        Assert.Equal([0, 0, 0, 3, 7, 8, 9], Framed([7, 8, 9]));
        Assert.Equal([0, 0, 1, 2], Framed(new byte[258])[..Frame.HeaderBytes]);
    }

    [Prop]
    public void Invariant_20_a_frame_cut_in_two_anywhere_is_decoded_the_same(byte[] bytes)
    {
        var payload = NotEmpty(bytes);
        var frame = Framed(payload);
        for (var at = 0; at <= frame.Length; at++)
        {
            var first = FrameDecoder.WithLimit(LimitBytes).Feed(frame.AsSpan(0, at));
            Assert.Equal(at == frame.Length ? 1 : 0, first.Frames.Count);
            var second = first.Decoder.Feed(frame.AsSpan(at));
            Assert.Equal(payload, first.Frames.Concat(second.Frames).Single().ToArray());
            Assert.True(second.Decoder.IsAtBoundary);
            Assert.Equal(Option<AcommError>.None, second.Decoder.End());
        }
    }

    [Prop]
    public void Invariant_20_any_partition_of_several_frames_gives_the_same_frames(byte[][] payloads, int[] cuts)
    {
        var wanted = payloads.Select(NotEmpty).ToArray();
        byte[] all = [.. wanted.SelectMany(Framed)];
        var decoder = FrameDecoder.WithLimit(LimitBytes);
        var got = new List<byte[]>();
        foreach (var piece in Cut(all, cuts))
        {
            var step = decoder.Feed(piece);
            got.AddRange(step.Frames.Select(f => f.ToArray()));
            decoder = step.Decoder;
        }

        Assert.Equal(wanted, got);
        Assert.True(decoder.IsAtBoundary);
        Assert.True(decoder.Error.IsNone);
    }

    [Prop]
    public void A_frame_that_lies_whole_in_the_bytes_is_read_where_it_lies_and_costs_nothing(byte[] bytes, byte[] behind)
    {
        var payload = NotEmpty(bytes);
        byte[] all = [.. Framed(payload), .. behind];
        var decoder = FrameDecoder.WithLimit(LimitBytes);
        var rest = (ReadOnlySpan<byte>)all;

        var before = GC.GetAllocatedBytesForCurrentThread();
        var next = decoder.Next(ref rest, out var frame);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(decoder, next);
        Assert.Equal(payload, frame.ToArray());
        Assert.True(frame.Overlaps(all));
        Assert.Equal(behind, rest.ToArray());
    }

    [Prop]
    public void Invariant_20_a_part_of_a_frame_gives_nothing_and_its_end_is_a_truncation_with_its_numbers(byte[] bytes)
    {
        var frame = Framed(NotEmpty(bytes));
        for (var at = 1; at < frame.Length; at++)
        {
            var (decoder, frames) = FrameDecoder.WithLimit(LimitBytes).Feed(frame.AsSpan(0, at));
            var wanted = at < Frame.HeaderBytes ? Frame.HeaderBytes : frame.Length;
            Assert.True(frames.IsEmpty);
            Assert.False(decoder.IsAtBoundary);
            Assert.Equal(at, decoder.GotBytes);
            Assert.Equal(wanted - at, decoder.MissingBytes);
            Assert.Equal(Option<AcommError>.Some(new AcommError.FrameTruncated(wanted, at)), decoder.End());
        }
    }

    // Whole frames before a truncated one count all the same.
    [Fact]
    public void A_truncation_counts_from_its_own_frame()
    {
        var (decoder, frames) = FrameDecoder.WithLimit(LimitBytes).Feed([.. Framed([1]), .. Framed([2, 3, 4])[..5]]);
        Assert.Single(frames);
        Assert.Equal(Option<AcommError>.Some(new AcommError.FrameTruncated(7, 5)), decoder.End());
    }

    [Prop]
    public void A_decoder_that_was_fed_stays_as_it_was(byte[] before, byte[] one, byte[] other)
    {
        var payload = NotEmpty([.. before, .. one]);
        var cut = Frame.HeaderBytes + Math.Min(before.Length, payload.Length - 1);
        var old = FrameDecoder.WithLimit(LimitBytes).Feed(Framed(payload).AsSpan(0, cut)).Decoder;
        var got = old.GotBytes;
        var rest = payload[(got - Frame.HeaderBytes)..];

        // Two futures of one decoder, fed in turns, do not mix.
        var garbled = old.Feed(other).Decoder.Feed(new byte[3]);
        var step = old.Feed(rest);
        Assert.NotNull(garbled.Decoder);
        Assert.Equal(payload, Assert.Single(step.Frames).ToArray());
        Assert.Equal(payload, Assert.Single(old.Feed(rest).Frames).ToArray());
        Assert.Equal(got, old.GotBytes);
    }

    [Fact]
    public void The_bytes_that_are_fed_may_be_used_again()
    {
        var frame = Framed([1, 2, 3]);
        var decoder = FrameDecoder.WithLimit(LimitBytes).Feed(frame.AsSpan(0, 6)).Decoder;
        frame[4] = frame[5] = 99;
        Assert.Equal([1, 2, 3], Assert.Single(decoder.Feed(frame.AsSpan(6)).Frames).ToArray());
    }

    [Fact]
    public void Feeding_nothing_changes_nothing()
    {
        var start = FrameDecoder.WithLimit(LimitBytes);
        var (decoder, frames) = start.Feed([]);
        Assert.True(frames.IsEmpty);
        Assert.Equal((true, 0, Frame.HeaderBytes), (decoder.IsAtBoundary, decoder.GotBytes, decoder.MissingBytes));
        Assert.True(decoder.End().IsNone);
    }

    private static byte[] NotEmpty(byte[]? bytes) => bytes is { Length: > 0 } ? bytes : [0];

    // Pieces of any size, empty ones too; what is left comes as one.
    private static IEnumerable<byte[]> Cut(byte[] all, int[] cuts)
    {
        var at = 0;
        foreach (var size in cuts.Select(c => Math.Abs(c % 9)))
        {
            var end = Math.Min(all.Length, at + size);
            yield return all[at..end];
            at = end;
        }

        yield return all[at..];
    }
}
