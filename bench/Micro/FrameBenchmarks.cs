using System.Buffers.Binary;
using Acomm.Domain;
using BenchmarkDotNet.Attributes;

namespace Acomm.Bench.Micro;

/// <summary>Decoding of frames of 200 bytes, from reads that hold one of them and from reads that hold many; a figure is that of one read.</summary>
public class FrameBenchmarks
{
    private const int PayloadBytes = 200;
    private readonly FrameDecoder decoder = FrameDecoder.WithLimit(Limits.Default.FrameBytes);
    private byte[] read = [];

    /// <summary>Frames in a read.</summary>
    [Params(1, 64)]
    public int Frames { get; set; }

    /// <summary>Makes the bytes of a read.</summary>
    [GlobalSetup]
    public void Setup()
    {
        var frame = new byte[sizeof(uint) + PayloadBytes];
        BinaryPrimitives.WriteUInt32BigEndian(frame, PayloadBytes);
        read = [.. Enumerable.Repeat(frame, Frames).SelectMany(f => f)];
    }

    /// <summary>A read of whole frames is fed.</summary>
    [Benchmark]
    public int Feed() => decoder.Feed(read).Frames.Count;
}
