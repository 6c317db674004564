namespace Acomm.Samples.Node;

/// <summary>Bytes that are the same each time they are made, and never all in memory.</summary>
internal static class Blob
{
    /// <summary>No blob is longer: 64 GiB.</summary>
    public const long LimitBytes = 64L << 30;

    private const int BlockBytes = 64 << 10;

    /// <summary>Writes the first so many of them.</summary>
    public static async Task WriteAsync(Stream to, long bytes, CancellationToken cancel)
    {
        var block = new byte[BlockBytes];
        for (long at = 0; at < bytes; at += BlockBytes)
        {
            new Random((int)(at / BlockBytes)).NextBytes(block);
            await to.WriteAsync(block.AsMemory(0, (int)Math.Min(BlockBytes, bytes - at)), cancel);
        }
    }
}
