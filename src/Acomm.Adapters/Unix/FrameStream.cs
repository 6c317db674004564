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
    /// <param name="got">Is told the bytes that have come so far.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<Either<AcommError, Option<ReadOnlyMemory<byte>>>> ReadFrameAsync(
        this Stream stream, int limitBytes, IProgress<long>? got = null, CancellationToken cancel = default)
    {
        var decoder = FrameDecoder.WithLimit(limitBytes);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (true)
            {
                var read = await stream.ReadAsync(buffer, cancel).ConfigureAwait(false);
                if (read == 0)
                    return decoder.End().Match(Some: Left<AcommError, Option<ReadOnlyMemory<byte>>>, None: () => Option<ReadOnlyMemory<byte>>.None);
                var (next, frames) = decoder.Feed(buffer.AsSpan(0, read));
                if (OnlyFrame(next, frames, stream) is { IsSome: true } end)
                    return end.IfNone(default(Either<AcommError, Option<ReadOnlyMemory<byte>>>));
                decoder = next;
                got?.Report(decoder.GotBytes);
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

    private static Option<Either<AcommError, Option<ReadOnlyMemory<byte>>>> OnlyFrame(
        FrameDecoder decoder, Seq<ReadOnlyMemory<byte>> frames, Stream stream)
    {
        if (frames.IsEmpty)
            return decoder.Error.Map(Left<AcommError, Option<ReadOnlyMemory<byte>>>);
        var trailing = decoder.GotBytes + frames.Tail.Sum(frame => Frame.HeaderBytes + frame.Length);

        // What has come by now may also be behind the piece that was read last.
        return trailing > 0 || decoder.Error.IsSome || stream is NetworkStream { DataAvailable: true }
            ? Left<AcommError, Option<ReadOnlyMemory<byte>>>(new AcommError.TrailingBytes(Math.Max(trailing, 1)))
            : Right<AcommError, Option<ReadOnlyMemory<byte>>>(frames.Head);
    }
}
