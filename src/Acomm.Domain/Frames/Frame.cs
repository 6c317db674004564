using System.Buffers;
using System.Buffers.Binary;
using LanguageExt;

namespace Acomm.Domain;

/// <summary>A document on a unix socket: 4 bytes of length, unsigned, big endian, then that many bytes.</summary>
public static class Frame
{
    /// <summary>The length of the header in bytes.</summary>
    public const int HeaderBytes = 4;

    /// <summary>The frame of a document, or <see cref="AcommError.FrameEmpty"/> or <see cref="AcommError.FrameTooLong"/>.</summary>
    public static Either<AcommError, ReadOnlyMemory<byte>> Encode(ReadOnlyMemory<byte> document, int limitBytes) =>
        CheckLength(document.Length, limitBytes).Map(_ =>
        {
            var frame = new ArrayBufferWriter<byte>(HeaderBytes + document.Length);
            Write(document, frame);
            return frame.WrittenMemory;
        });

    /// <summary>Writes the frame of a document whose length is known to be right.</summary>
    public static void Write(ReadOnlyMemory<byte> document, IBufferWriter<byte> to)
    {
        BinaryPrimitives.WriteUInt32BigEndian(to.GetSpan(HeaderBytes), (uint)document.Length);
        to.Advance(HeaderBytes);
        to.Write(document.Span);
    }

    /// <summary>The length, if a frame may have it; else <see cref="AcommError.FrameEmpty"/> or <see cref="AcommError.FrameTooLong"/>.</summary>
    public static Either<AcommError, int> CheckLength(long bytes, int limitBytes) =>
        bytes == 0 ? new AcommError.FrameEmpty()
        : bytes > limitBytes ? new AcommError.FrameTooLong(limitBytes, bytes)
        : (int)bytes;
}
