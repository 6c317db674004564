using System.Buffers.Binary;

namespace Acomm.Properties.Fuzzing;

/// <summary>Makes inputs out of known ones by a few changes each. The same seed gives the same inputs.</summary>
internal sealed class Mutator(int seed, IReadOnlyList<byte[]> corpus, IReadOnlyList<byte[]> words)
{
    private const int LimitBytes = 4_096;
    private const int ChangesLimit = 6;
    private const int RepeatLimit = 40;

    private static readonly uint[] Lengths = [0, 1, 2, 0x7f, 0x80, 0xff, 0x100, 999, 1_000, 1_001, 0xffff, 0x10000, 1 << 20, (1 << 20) + 1, int.MaxValue, 0x80000000, uint.MaxValue];

    private readonly Random random = new(seed);

    public byte[] Next()
    {
        var input = Any(corpus);
        for (var changes = random.Next(1, ChangesLimit + 1); changes > 0; changes--)
            input = Changed(input);
        return input.Length <= LimitBytes ? input : input[..LimitBytes];
    }

    private byte[] Changed(byte[] input)
    {
        var (start, end) = Range(input.Length);
        return random.Next(10) switch
        {
            0 => FlipBit(input),
            1 => [.. input[..start], (byte)random.Next(256), .. input[Math.Min(start + 1, input.Length)..]],
            2 => input[..start],
            3 => [.. input[..start], .. input[end..]],
            4 => [.. input[..end], .. input[start..]],
            5 => [.. input[..start], .. Any(words), .. input[start..]],
            6 => [.. input[..start], .. Any(words), .. input[end..]],
            7 => Splice(input[..start]),
            8 => [.. input[..start], .. Repeated(), .. input[start..]],
            _ => WriteLength(input, start),
        };
    }

    // Most ranges are short: a long one takes the shape away.
    private (int Start, int End) Range(int length)
    {
        var start = random.Next(length + 1);
        var size = random.Next(4) == 0 ? random.Next(length + 1) : random.Next(9);
        return (start, Math.Min(length, start + size));
    }

    private byte[] FlipBit(byte[] input)
    {
        var changed = input.ToArray();
        if (changed.Length > 0)
            changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
        return changed;
    }

    private byte[] Splice(byte[] beginning)
    {
        var other = Any(corpus);
        return [.. beginning, .. other[random.Next(other.Length + 1)..]];
    }

    private byte[] Repeated()
    {
        var word = Any(words);
        return [.. Enumerable.Repeat(word, random.Next(RepeatLimit)).SelectMany(w => w)];
    }

    private byte[] WriteLength(byte[] input, int at)
    {
        var length = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(length, Lengths[random.Next(Lengths.Length)]);
        return [.. input[..at], .. length, .. input[Math.Min(at + length.Length, input.Length)..]];
    }

    private byte[] Any(IReadOnlyList<byte[]> list) => list[random.Next(list.Count)];
}
