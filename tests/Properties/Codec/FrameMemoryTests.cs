using Acomm.Domain;
using Xunit;

namespace Acomm.Properties.Codec;

/// <summary>
/// A peer that sends byte by byte costs what it sends, in memory kept and in copying. Memory is counted for the whole
/// process, so nothing else runs beside these tests.
/// </summary>
[Collection(nameof(Alone))]
public sealed class FrameMemoryTests
{
    private const int Bytes = 1 << 17;

    // Kept one by one the bytes would take more than 10 MB here.
    [Fact]
    public void Single_bytes_are_kept_in_little_more_than_their_number()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var decoder = FedSingly(Bytes - 1);
        var kept = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.Equal(1, decoder.MissingBytes);
        Assert.InRange(kept, long.MinValue, 2L << 20);
    }

    // Copying all that had come with each byte would take 8 GB here.
    [Fact]
    public void Single_bytes_are_copied_few_times()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var frame = Assert.Single(FedSingly(Bytes - 1).Feed([7]).Frames);
        Assert.Equal(Bytes, frame.Length);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 512L << 20);
    }

    private static FrameDecoder FedSingly(int count)
    {
        var decoder = FrameDecoder.WithLimit(Bytes).Feed([0, Bytes >> 16, 0, 0]).Decoder;
        for (var i = 0; i < count; i++)
            decoder = decoder.Feed([(byte)i]).Decoder;
        return decoder;
    }

    /// <summary>What is in this collection runs after everything else, one by one.</summary>
    [CollectionDefinition(nameof(Alone), DisableParallelization = true)]
    public sealed class Alone;
}
