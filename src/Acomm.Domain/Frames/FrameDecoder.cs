using System.Buffers.Binary;
using LanguageExt;

namespace Acomm.Domain;

/// <summary>
/// Cuts a stream of bytes into frames. It is a value: feeding it gives a new one, and the old one stays as it was.
/// Rules: a length is checked before anything is kept for it; what is kept is what has come, never what was announced;
/// after an error it stays in that error.
/// </summary>
public sealed record FrameDecoder
{
    private readonly int limitBytes;

    private FrameDecoder(int limitBytes) => this.limitBytes = limitBytes;

    private uint Header { get; init; }

    private int HeaderGot { get; init; }

    private Rope Payload { get; init; } = Rope.Empty;

    /// <summary>The error that ended the decoding, if one did.</summary>
    public Option<AcommError> Error { get; private init; }

    /// <summary>A decoder at the start of a stream, for payloads of at most this many bytes.</summary>
    public static FrameDecoder WithLimit(int limitBytes) => new(limitBytes);

    /// <summary>Whether no byte of an unfinished frame was taken.</summary>
    public bool IsAtBoundary => HeaderGot == 0;

    /// <summary>Bytes taken of the frame that is not whole yet, header included.</summary>
    public int GotBytes => HeaderGot + Payload.Length;

    /// <summary>Bytes still missing to the end of the frame, or of its header while that is not whole.</summary>
    public int MissingBytes => HeaderGot < Frame.HeaderBytes ? Frame.HeaderBytes - HeaderGot : (int)Header - Payload.Length;

    /// <summary>Takes bytes in any pieces and gives the frames that are whole with them. The bytes are copied.</summary>
    public FrameStep Feed(ReadOnlySpan<byte> bytes)
    {
        var decoder = this;
        var frames = Seq<ReadOnlyMemory<byte>>.Empty;
        while (true)
        {
            decoder = decoder.Next(ref bytes, out var frame);
            if (frame.IsEmpty)
                return new FrameStep(decoder, frames);
            frames = frames.Add(frame.ToArray());
        }
    }

    /// <summary>
    /// Takes bytes to the end of the first frame that is whole with them, or all of them where none is. A frame that lies
    /// whole in the bytes costs nothing.
    /// </summary>
    /// <param name="bytes">The bytes; what was taken is cut off.</param>
    /// <param name="frame">The payload, to be read as long as the bytes are; empty if no frame is whole.</param>
    public FrameDecoder Next(ref ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> frame)
    {
        if (TryWhole(bytes, out frame))
        {
            bytes = bytes[(Frame.HeaderBytes + frame.Length)..];
            return this;
        }

        var decoder = this;
        while (!bytes.IsEmpty && decoder.Error.IsNone)
        {
            var taken = Math.Min(bytes.Length, decoder.MissingBytes);
            decoder = decoder.HeaderGot < Frame.HeaderBytes ? decoder.TakeHeader(bytes[..taken]) : decoder.TakePayload(bytes[..taken]);
            bytes = bytes[taken..];
            if (decoder.MissingBytes == 0)
            {
                frame = decoder.Payload.ToMemory().Span;
                return WithLimit(limitBytes);
            }
        }

        return decoder;
    }

    /// <summary>The end of the bytes: the error there was, or <see cref="AcommError.FrameTruncated"/> inside a frame.</summary>
    public Option<AcommError> End() =>
        IsAtBoundary ? Error : new AcommError.FrameTruncated(GotBytes + MissingBytes, GotBytes);

    private bool TryWhole(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> frame)
    {
        frame = default;
        if (!IsAtBoundary || Error.IsSome || !BinaryPrimitives.TryReadUInt32BigEndian(bytes, out var length))
            return false;
        var payload = bytes[Frame.HeaderBytes..];
        if (length > limitBytes || length > payload.Length)
            return false;
        frame = payload[..(int)length];
        return length > 0;
    }

    private FrameDecoder TakeHeader(ReadOnlySpan<byte> bytes)
    {
        var header = Header;
        foreach (var b in bytes)
            header = (header << 8) | b;
        var next = this with { Header = header, HeaderGot = HeaderGot + bytes.Length };
        return next.HeaderGot < Frame.HeaderBytes
            ? next
            : Frame.CheckLength(header, limitBytes).Match(Right: _ => next, Left: error => WithLimit(limitBytes) with { Error = error });
    }

    private FrameDecoder TakePayload(ReadOnlySpan<byte> bytes) => this with { Payload = Payload.Append(bytes) };
}

/// <summary>What feeding gave: the decoder to go on with, and the payloads that were completed, in order.</summary>
public readonly record struct FrameStep(FrameDecoder Decoder, Seq<ReadOnlyMemory<byte>> Frames);
