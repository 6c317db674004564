using Acomm.Domain;
using LanguageExt;

namespace Acomm.Adapters;

/// <summary>Reads a body up to a limit, whatever length it says it has; no more than that, and one byte, is ever held.</summary>
internal static class BoundedBody
{
    private const int FirstBytes = 16 << 10;

    /// <summary>The body; <see cref="AcommError.FrameTooLong"/> if it goes on at the limit.</summary>
    /// <param name="body">Is read to its end, or to the limit.</param>
    /// <param name="limitBytes">The most that it may have.</param>
    /// <param name="cancel">Gives up.</param>
    /// <param name="progress">Is told the bytes read so far.</param>
    public static async Task<Either<AcommError, ReadOnlyMemory<byte>>> ReadAsync(
        Stream body, int limitBytes, CancellationToken cancel, Action<int>? progress = null)
    {
        var held = new byte[Math.Min(FirstBytes, limitBytes + 1)];
        var got = 0;
        while (await body.ReadAsync(held.AsMemory(got), cancel).ConfigureAwait(false) is > 0 and var read)
        {
            got += read;
            progress?.Invoke(got);
            if (got > limitBytes)
                return new AcommError.FrameTooLong(limitBytes, got);
            if (got == held.Length)
                Array.Resize(ref held, Math.Min(2 * held.Length, limitBytes + 1));
        }

        return new ReadOnlyMemory<byte>(held, 0, got);
    }
}
