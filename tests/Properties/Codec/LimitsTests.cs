using Acomm.Domain;
using Xunit;

namespace Acomm.Properties.Codec;

/// <summary>The defaults that are promised to users.</summary>
public sealed class LimitsTests
{
    [Fact]
    public void Sizes_and_counts()
    {
        var limits = Limits.Default;
        Assert.Equal(1_048_576, limits.FrameBytes);
        Assert.Equal(16_777_216, Limits.FrameBytesCeiling);
        Assert.Equal(128, limits.IdChars);
        Assert.Equal(32, limits.Depth);
        Assert.Equal(1_000_000, limits.Outstanding);
        Assert.Equal(1_024, limits.Connections);
        Assert.Equal(64, limits.ConnectionsUnframed);
        Assert.Equal(1_024, limits.ExpiriesPerStep);
        Assert.Equal(16_384, limits.RememberedIds);
        Assert.Equal(1_024, limits.ConnectionInFlight);
        Assert.Equal(1_024, limits.Handlers);
        Assert.Equal(256, limits.HandlersPerTask);
        Assert.Equal(16_384, limits.HandlersWaitingPerTask);
        Assert.Equal(67_108_864, limits.HandlersWaitingBytes);
        Assert.Equal(1_024, limits.StreamsOffered);
        Assert.Equal(4_096, limits.Streams);
    }

    [Fact]
    public void Times()
    {
        var limits = Limits.Default;
        Assert.Equal(TimeSpan.FromMilliseconds(100), limits.UnframedGrace);
        Assert.Equal(TimeSpan.FromSeconds(5), limits.FrameRead);
        Assert.Equal(TimeSpan.FromSeconds(5), limits.AckRead);
        Assert.Equal(TimeSpan.FromSeconds(10), limits.Write);
        Assert.Equal(TimeSpan.FromSeconds(5), limits.Connect);
        Assert.Equal(TimeSpan.FromSeconds(10), limits.HttpSend);
        Assert.Equal(TimeSpan.FromSeconds(60), limits.RequestTimeout);
        Assert.Equal(TimeSpan.FromDays(1), limits.LongestProxied);
        Assert.Equal(TimeSpan.FromSeconds(60), limits.StreamUnopened);
        Assert.Equal(TimeSpan.FromSeconds(30), limits.StreamIdle);
        Assert.Equal(TimeSpan.FromSeconds(30), limits.ConnectionIdle);
        Assert.Equal(TimeSpan.FromDays(30), Limits.RequestTimeoutCeiling);
    }
}
