using Acomm.Domain;
using LanguageExt;
using static Acomm.Properties.Simulation.Violation;
using static LanguageExt.Prelude;

namespace Acomm.Properties.Simulation;

/// <summary>
/// One direction of a connection, read as it is there: frames on a unix socket, a body of known length over HTTP. A
/// stranger's bytes may be no <paramref name="whole"/> frame.
/// </summary>
internal sealed class Wire(World world, ReadOnlyMemory<byte> bytes, bool framed, bool whole, int limitBytes)
{
    private FrameDecoder decoder = FrameDecoder.WithLimit(limitBytes);

    public int Size => bytes.Length;

    /// <summary>Bytes that arrived.</summary>
    public int Taken { get; private set; }

    /// <summary>Bytes up to this one arrive; gives the document, or the error that there is instead, once it is whole.</summary>
    public Option<Either<AcommError, ReadOnlyMemory<byte>>> Take(int to)
    {
        var piece = bytes[Taken..to];
        Taken = to;
        if (!framed)
            return to == bytes.Length ? Right<AcommError, ReadOnlyMemory<byte>>(bytes) : Option<Either<AcommError, ReadOnlyMemory<byte>>>.None;
        var (next, frames) = world.Core.Feed(decoder, piece);
        decoder = next;
        Expect(decoder.GotBytes <= Taken, Invariant.Codec, $"{decoder.GotBytes} bytes are kept, {Taken} have come");
        if (!frames.IsEmpty)
        {
            Expect(Taken == bytes.Length, Invariant.Codec, $"a frame was read of {Taken} of {bytes.Length} bytes");
            return Right<AcommError, ReadOnlyMemory<byte>>(frames.Head);
        }

        Expect(
            !whole || (Taken < bytes.Length && decoder.Error.IsNone),
            Invariant.Codec,
            $"{Taken} of {bytes.Length} bytes of a frame have come, and were read as {decoder}");
        return decoder.Error.Map(Left<AcommError, ReadOnlyMemory<byte>>);
    }

    /// <summary>The bytes end here, before the document is whole.</summary>
    public void Break()
    {
        if (!framed || Taken == 0 || decoder.Error.IsSome)
            return;
        var end = world.Core.End(decoder);
        Expect(end.Case is AcommError.FrameTruncated, Invariant.Codec, $"a frame that was cut after {Taken} of {bytes.Length} bytes is truncated, not {end}");
    }
}
