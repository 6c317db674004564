using System.Buffers;
using Acomm.Domain;
using LanguageExt;

namespace Acomm.Adapters;

/// <summary>Reads a body up to a limit, whatever length it says it has.</summary>
internal static class BoundedBody
{
    private const int StepBytes = 16 << 10;

    public static async Task<Either<AcommError, ReadOnlyMemory<byte>>> ReadAsync(Stream body, int limitBytes, CancellationToken cancel, Action<long>? progress = null)
    {
        var all = new ArrayBufferWriter<byte>(StepBytes);
        while (await body.ReadAsync(all.GetMemory(StepBytes), cancel).ConfigureAwait(false) is > 0 and var read)
        {
            all.Advance(read);
            progress?.Invoke(all.WrittenCount);
            if (all.WrittenCount > limitBytes)
                return new AcommError.FrameTooLong(limitBytes, all.WrittenCount);
        }

        return all.WrittenMemory;
    }
}
