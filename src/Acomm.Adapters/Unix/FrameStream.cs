using System.Buffers;
using System.Net.Sockets;
using Acomm.Domain;
using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Adapters;

/// <summary>
/// Reads and writes frames on any duplex stream; a pipe is one by its <c>AsStream()</c>. (Go: UnmarshalConnData, SendConnData.)
/// </summary>
public static class FrameStream
{
    private const int BufferBytes = 16 << 10;

    /// <summary>
    /// Reads the one frame that a peer sends: none if the stream ends before its first byte. Errors:
    /// <see cref="AcommError.FrameEmpty"/>, <see cref="AcommError.FrameTooLong"/>, <see cref="AcommError.FrameTruncated"/>,
    /// <see cref="AcommError.TrailingBytes"/> if more than the frame has come with it.
    /// </summary>
    /// <param name="stream">Where from.</param>
    /// <param name="limitBytes">The longest payload that is taken.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<Either<AcommError, Option<ReadOnlyMemory<byte>>>> ReadFrameAsync(
        this Stream stream, int limitBytes, CancellationToken cancel = default)
    {
        var decoder = FrameDecoder.WithLimit(limitBytes);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (true)
            {
                var read = await stream.ReadAsync(buffer, cancel).ConfigureAwait(false);
                if (read == 0)
                    return AtEnd(decoder);
                var step = decoder.Feed(buffer.AsSpan(0, read));
                if (OnlyFrame(step, stream is NetworkStream { DataAvailable: true }) is { } end)
                    return end;
                decoder = step.Decoder;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Writes a document as a frame; <see cref="AcommError.FrameTooLong"/> if it is above the limit.</summary>
    public static async Task<Either<AcommError, Unit>> WriteFrameAsync(
        this Stream stream, ReadOnlyMemory<byte> document, int limitBytes, CancellationToken cancel = default)
    {
        var frame = Frame.Encode(document, limitBytes);
        if (frame.Case is not ReadOnlyMemory<byte> bytes)
            return (AcommError)frame.Case;
        await stream.WriteAsync(bytes, cancel).ConfigureAwait(false);
        return unit;
    }

    /// <summary>What the one frame of a stream has come to; null while more of it is needed.</summary>
    /// <param name="step">What the bytes up to now gave.</param>
    /// <param name="isMoreThere">Whether more has come by now, behind the piece that was read last.</param>
    internal static Either<AcommError, Option<ReadOnlyMemory<byte>>>? OnlyFrame(FrameStep step, bool isMoreThere)
    {
        var (decoder, frames) = step;
        if (frames.IsEmpty)
            return decoder.Error.Map(Left<AcommError, Option<ReadOnlyMemory<byte>>>).ToNullable();
        var trailing = decoder.GotBytes + frames.Tail.Sum(frame => Frame.HeaderBytes + frame.Length);
        return trailing > 0 || decoder.Error.IsSome || isMoreThere
            ? Left<AcommError, Option<ReadOnlyMemory<byte>>>(new AcommError.TrailingBytes(Math.Max(trailing, 1)))
            : Right<AcommError, Option<ReadOnlyMemory<byte>>>(frames.Head);
    }

    /// <summary>What the end of a stream has come to, inside of a frame or before it.</summary>
    internal static Either<AcommError, Option<ReadOnlyMemory<byte>>> AtEnd(FrameDecoder decoder) =>
        decoder.End().Match(Some: Left<AcommError, Option<ReadOnlyMemory<byte>>>, None: () => Option<ReadOnlyMemory<byte>>.None);
}
