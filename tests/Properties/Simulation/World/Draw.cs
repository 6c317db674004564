using System.Buffers.Binary;

namespace Acomm.Properties.Simulation;

/// <summary>
/// The one source of chance in a run: SplitMix64. It stands here because a seed must replay for years, and the sequence
/// that System.Random makes of a seed is not promised from one runtime to the next. Integers only, but for the share.
/// </summary>
internal sealed class Draw(ulong seed)
{
    private ulong state = seed;

    public ulong Next()
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>From 0 up to the bound, which is not among them.</summary>
    public int Below(int bound) => (int)Math.BigMul(Next(), (uint)bound, out _);

    /// <summary>Both ends are among them.</summary>
    public int Between(int from, int to) => from + Below(to - from + 1);

    public bool Chance(int perMille) => perMille > 0 && Below(1000) < perMille;

    public TimeSpan Millis(int from, int to) => TimeSpan.FromMilliseconds(Between(from, to));

    public T Of<T>(params ReadOnlySpan<T> values) => values[Below(values.Length)];

    public T From<T>(IReadOnlyList<T> values) => values[Below(values.Count)];

    /// <summary>Of [0, 1), with 53 bits.</summary>
    public double Share() => (Next() >> 11) * (1.0 / (1L << 53));

    /// <summary>32 bytes, as a secret has.</summary>
    public byte[] Secret()
    {
        var bytes = new byte[32];
        for (var i = 0; i < bytes.Length; i += sizeof(ulong))
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(i), Next());
        return bytes;
    }
}
