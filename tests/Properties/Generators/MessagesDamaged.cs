using System.Text;
using Acomm.Domain;
using FsCheck;
using FsCheck.Fluent;

namespace Acomm.Properties.Generators;

/// <summary>Bytes that a broken or hostile peer may send.</summary>
public sealed record Damaged(byte[] Bytes)
{
    /// <summary>The bytes as a failed property shows them.</summary>
    public override string ToString() => $"{Convert.ToHexString(Bytes)} {Encoding.Latin1.GetString(Bytes)}";
}

/// <summary>Random bytes, and valid documents with a few bytes changed, left out, repeated or put in.</summary>
public static class MessagesDamaged
{
    private static readonly byte[][] Insertions =
    [
        "\""u8.ToArray(), "{"u8.ToArray(), "}"u8.ToArray(), "["u8.ToArray(), "null"u8.ToArray(), ","u8.ToArray(), ":"u8.ToArray(), "\\"u8.ToArray(),
        "\\ud800"u8.ToArray(), "\\u0000"u8.ToArray(), "\0"u8.ToArray(), "%zz"u8.ToArray(), "%00"u8.ToArray(), "1e999"u8.ToArray(), "//"u8.ToArray(),
        [0xEF, 0xBB, 0xBF], [0xC3], [0xED, 0xA0, 0x80], [0xFF], [.. Enumerable.Repeat((byte)'[', 40)],
    ];

    private static readonly Gen<byte[]> RandomBytes = Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf();

    private static readonly Gen<byte[]> Whole = Gen.OneOf(
        Messages.Requests().Generator.Select(r => Document.Write(r).ToArray()),
        Messages.Responses().Generator.Select(r => Document.Write(r).ToArray()),
        Messages.Acknowledgements().Generator.Select(a => Document.Write(a).ToArray()),
        MessagesJson.Text.Select(Encoding.UTF8.GetBytes),
        MessagesAddresses.Text.Select(Encoding.UTF8.GetBytes));

    /// <summary>Damaged bytes of every kind.</summary>
    public static Gen<Damaged> Any { get; } = Gen.Frequency(
        (1, RandomBytes),
        (4, from whole in Whole from changes in Change.ArrayOf() select changes.Take(4).Aggregate(whole, (bytes, change) => change(bytes))))
        .Select(bytes => new Damaged(bytes));

    private static Gen<Func<byte[], byte[]>> Change =>
        from at in Gen.Choose(0, int.MaxValue)
        from length in Gen.Choose(0, 8)
        from value in Gen.Choose(0, 255)
        from insertion in Gen.Elements(Insertions)
        from kind in Gen.Choose(0, 3)
        select new Func<byte[], byte[]>(bytes =>
        {
            var start = at % (bytes.Length + 1);
            var end = Math.Min(bytes.Length, start + length);
            return kind switch
            {
                0 => [.. bytes[..start], .. bytes[end..]],
                1 => [.. bytes[..end], .. bytes[start..]],
                2 => [.. bytes[..start], .. insertion, .. bytes[start..]],
                _ => [.. bytes[..start], (byte)value, .. bytes[end..]],
            };
        });
}
