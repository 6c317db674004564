using System.Buffers;
using Acomm.Domain;
using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Effects;

/// <summary>A stream that came with a request or an answer. It can be opened once, unless its server allows more.</summary>
public sealed class RemoteStream
{
    private const int BufferBytes = 64 << 10;

    private readonly IStreams streams;
    private readonly Reach reach;

    internal RemoteStream(Address address, Reach reach, IStreams streams) =>
        (Address, this.reach, this.streams) = (address, reach, streams);

    /// <summary>Where it is.</summary>
    public Address Address { get; }

    /// <summary>
    /// Opens it. Errors: those of sending, <see cref="AcommError.StreamUnknown"/>, <see cref="AcommError.AddressForbidden"/>.
    /// A read throws <see cref="StreamTornException"/> where it breaks off. (Go: StreamURL and Stream.)
    /// </summary>
    public Task<Either<AcommError, Stream>> OpenAsync(CancellationToken cancel = default) => streams.OpenAsync(Address, reach, cancel);

    /// <summary>Copies all of it, and gives the number of bytes; <see cref="AcommError.StreamTorn"/> if it broke off. (Go: Stream.)</summary>
    /// <param name="to">Takes the bytes; it is not closed.</param>
    /// <param name="progress">Is told the bytes copied so far.</param>
    /// <param name="cancel">Gives up, and closes the stream.</param>
    public async Task<Either<AcommError, long>> CopyToAsync(Stream to, IProgress<long>? progress = null, CancellationToken cancel = default)
    {
        var opened = await OpenAsync(cancel).ConfigureAwait(false);
        return await opened.MatchAsync(RightAsync: from => CopyAsync(from, to, progress, cancel), Left: Left<AcommError, long>).ConfigureAwait(false);
    }

    private static async Task<Either<AcommError, long>> CopyAsync(Stream from, Stream to, IProgress<long>? progress, CancellationToken cancel)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            await using (from.ConfigureAwait(false))
            {
                long copied = 0;
                while (await from.ReadAsync(buffer, cancel).ConfigureAwait(false) is > 0 and var read)
                {
                    await to.WriteAsync(buffer.AsMemory(0, read), cancel).ConfigureAwait(false);
                    copied += read;
                    progress?.Report(copied);
                }

                return copied;
            }
        }
        catch (StreamTornException torn)
        {
            return torn.Error;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
