using System.Buffers.Binary;
using System.Globalization;
using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Domain;

/// <summary>An IP address as a value. IPv4 is kept as IPv4-mapped IPv6, so that <c>127.0.0.1</c> and <c>::ffff:127.0.0.1</c> are one.</summary>
public readonly record struct IpAddress
{
    private const ulong MappedPrefix = 0xffff;
    private readonly UInt128 bits;

    private IpAddress(UInt128 bits) => this.bits = bits;

    /// <summary>Whether it is an IPv4 address, mapped or not.</summary>
    public bool IsV4 => bits >> 32 == MappedPrefix;

    /// <summary>127.0.0.0/8 or ::1.</summary>
    public bool IsLoopback => bits == UInt128.One || (IsV4 && (byte)(bits >> 24) == 127);

    /// <summary>0.0.0.0 or ::, which a listener that is bound to everything reports.</summary>
    public bool IsUnspecified => bits == UInt128.Zero || (IsV4 && (uint)bits == 0);

    /// <summary>From 4 or 16 bytes in network order.</summary>
    public static Option<IpAddress> Of(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        4 => V4(BinaryPrimitives.ReadUInt32BigEndian(bytes)),
        16 => new IpAddress(BinaryPrimitives.ReadUInt128BigEndian(bytes)),
        _ => None,
    };

    /// <summary>Reads dotted IPv4 of four decimal numbers, or IPv6 without brackets; a zone behind % is left out.</summary>
    public static Option<IpAddress> Parse(string text)
    {
        if (!text.Contains(':'))
            return ParseV4(text).Map(V4);
        var zone = text.IndexOf('%');
        return ParseV6(zone < 0 ? text : text[..zone]);
    }

    /// <summary>Whether both begin with the same bits; <paramref name="prefix"/> counts from the first of 128 (IPv4: of 96 + n).</summary>
    public bool SharesPrefix(IpAddress other, int prefix) => prefix <= 0 || (bits ^ other.bits) >> (128 - prefix) == UInt128.Zero;

    /// <summary>Dotted for IPv4, eight groups for IPv6.</summary>
    public override string ToString()
    {
        var value = bits;
        return IsV4
            ? string.Join('.', Range(0, 4).Map(i => (byte)(value >> (24 - (8 * i)))))
            : string.Join(':', Range(0, 8).Map(i => ((ushort)(value >> (112 - (16 * i)))).ToString("x", CultureInfo.InvariantCulture)));
    }

    private static IpAddress V4(uint v4) => new(((UInt128)MappedPrefix << 32) | v4);

    private static Option<uint> ParseV4(string text)
    {
        var parts = text.Split('.');
        if (parts.Length != 4)
            return None;
        uint value = 0;
        foreach (var part in parts)
        {
            // The platform's parser takes zero bytes behind the digits.
            var ok = part.All(char.IsAsciiDigit) && (part.Length == 1 || !part.StartsWith('0'));
            if (!ok || !byte.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var b))
                return None;
            value = (value << 8) | b;
        }

        return value;
    }

    private static Option<IpAddress> ParseV6(string text)
    {
        var gap = text.IndexOf("::", StringComparison.Ordinal);
        var head = Groups(gap < 0 ? text : text[..gap], isLast: gap < 0);
        var tail = Groups(gap < 0 ? "" : text[(gap + 2)..], isLast: true);
        return
            from h in head
            from t in tail
            where gap < 0 ? h.Count == 8 : h.Count + t.Count <= 7
            select new IpAddress(Range(0, 8).Fold(UInt128.Zero, (bits, i) =>
                (bits << 16) | (i < h.Count ? h[i] : i >= 8 - t.Count ? t[i - 8 + t.Count] : (ushort)0)));
    }

    // The last group of all may be an IPv4 address.
    private static Option<Seq<ushort>> Groups(string text, bool isLast)
    {
        var groups = Seq<ushort>();
        if (text.Length == 0)
            return groups;
        var parts = text.Split(':');
        for (var i = 0; i < parts.Length; i++)
        {
            if (isLast && i == parts.Length - 1 && ParseV4(parts[i]).Case is uint v4)
                groups = groups.Add((ushort)(v4 >> 16)).Add((ushort)v4);
            else if (parts[i].Length is > 0 and <= 4 && parts[i].All(char.IsAsciiHexDigit))
                groups = groups.Add(ushort.Parse(parts[i], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
            else
                return None;
        }

        return groups;
    }
}
