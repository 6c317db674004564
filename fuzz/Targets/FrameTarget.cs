using System.Buffers.Binary;
using Acomm.Domain;
using LanguageExt;

namespace Acomm.Fuzzing;

/// <summary>
/// Frames, from bytes in pieces. The first byte says how many sizes of pieces follow it, a byte each (its lower four
/// bits); the rest is what a peer sent, cut into pieces of these sizes in turn.
/// </summary>
internal static class FrameTarget
{
    // Low, so that lengths around it are met.
    private const int LimitBytes = 1_000;

    public static void Check(byte[] input)
    {
        var count = input.Length == 0 ? 0 : Math.Min(input[0] & 0x0f, input.Length - 1);
        var sizes = input.AsSpan(Math.Min(1, input.Length), count);
        var sent = input.AsSpan(Math.Min(1 + count, input.Length));
        var (decoder, frames) = Feed(sent, sizes);

        var at = 0;
        foreach (var frame in frames)
        {
            var whole = Expect.Value(Frame.Encode(frame, LimitBytes), "a frame that came in");
            Expect.That(sent[at..].StartsWith(whole.Span), "a frame has not the bytes that were sent");
            at += whole.Length;
        }

        CheckRest(decoder, sent[at..]);
    }

    // What is behind the frames that came out: nothing, the beginning of a frame, or a length that no frame may have.
    private static void CheckRest(FrameDecoder decoder, ReadOnlySpan<byte> rest)
    {
        var announced = rest.Length < Frame.HeaderBytes ? 1 : BinaryPrimitives.ReadUInt32BigEndian(rest);
        AcommError? wrong = announced == 0 ? new AcommError.FrameEmpty()
            : announced > LimitBytes ? new AcommError.FrameTooLong(LimitBytes, announced)
            : null;
        Expect.Same(Prelude.Optional(wrong), decoder.Error, "the error of the decoder");
        decoder.End().IfSome(Expect.Told);
        if (wrong is not null)
            return;
        var wanted = rest.Length < Frame.HeaderBytes ? Frame.HeaderBytes : Frame.HeaderBytes + (int)announced;
        Expect.Same((rest.Length, wanted - rest.Length, rest.IsEmpty), (decoder.GotBytes, decoder.MissingBytes, decoder.IsAtBoundary), "got, missing, at a boundary");
        Expect.That(decoder.MissingBytes > 0, "a whole frame was kept back");
        Expect.Same(rest.IsEmpty ? Option<AcommError>.None : new AcommError.FrameTruncated(wanted, rest.Length), decoder.End(), "the end");
    }

    private static (FrameDecoder Decoder, List<ReadOnlyMemory<byte>> Frames) Feed(ReadOnlySpan<byte> sent, ReadOnlySpan<byte> sizes)
    {
        var decoder = FrameDecoder.WithLimit(LimitBytes);
        var frames = new List<ReadOnlyMemory<byte>>();
        for (var turn = 0; !sent.IsEmpty; turn++)
        {
            // A piece may be empty, but not all of them.
            var size = turn < sizes.Length ? sizes[turn] : sizes.IsEmpty ? sent.Length : Math.Max((byte)1, sizes[turn % sizes.Length]);
            var piece = sent[..Math.Min(size, sent.Length)];
            var step = decoder.Feed(piece);
            decoder = step.Decoder;
            frames.AddRange(step.Frames);
            sent = sent[piece.Length..];
        }

        return (decoder, frames);
    }
}
