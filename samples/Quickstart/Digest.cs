using System.Security.Cryptography;

namespace Acomm.Samples.Quickstart;

/// <summary>What tells one file from another. It is the result of <c>pack</c> as well.</summary>
internal sealed record Digest(long Bytes, string Sha256)
{
    private const int BufferBytes = 64 << 10;

    /// <summary>Copies to the end, and gives the digest of what was copied.</summary>
    public static async Task<Digest> CopyAsync(Stream from, Stream to, CancellationToken cancel, IProgress<long>? copied = null)
    {
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferBytes];
        long bytes = 0;
        while (await from.ReadAsync(buffer, cancel) is > 0 and var read)
        {
            sha256.AppendData(buffer, 0, read);
            await to.WriteAsync(buffer.AsMemory(0, read), cancel);
            copied?.Report(read);
            bytes += read;
        }

        return new Digest(bytes, Convert.ToHexStringLower(sha256.GetHashAndReset()));
    }
}
