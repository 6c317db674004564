using System.Net;
using System.Net.Sockets;
using Acomm.Domain;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Acomm.Properties.Codec;

/// <summary>IP addresses read as the platform reads them, which knows more spellings of IPv4 than we want.</summary>
public sealed class IpAddressTests
{
    private static readonly Gen<string> Group = Gen.Frequency(
        (6, Gen.Choose(0, 0xffff).Select(g => g.ToString("x", null))),
        (1, Gen.Elements("", "0", "00ab", "FFFF", "12345", "g", "1.2.3.4", "256.1.1.1", "+1", " 1", "1\0")));

    private static readonly Gen<string> V6 =
        from groups in Gen.Choose(2, 9).SelectMany(Group.ArrayOf)
        from gap in Gen.Choose(-4, 9)
        select gap < 0 || gap > groups.Length
            ? string.Join(':', groups)
            : $"{string.Join(':', groups[..gap])}::{string.Join(':', groups[gap..])}";

    private static readonly Gen<string> V4 =
        from parts in Gen.Frequency(
            (9, Gen.Choose(0, 255).Select(p => $"{p}")),
            (1, Gen.Elements("", "256", "01", "1000", "+1", "-1", " 1", "1\0", "a"))).ArrayOf(4)
        select string.Join('.', parts);

    [Prop]
    public Property Ipv6_is_what_the_platform_takes_for_it() => Prop.ForAll(V6.ToArbitrary(), text =>
    {
        var ours = IpAddress.Parse(text);
        var platform = IPAddress.TryParse(text, out var ip) && text.Contains(':') ? ip : null;
        Assert.Equal(platform is not null, ours.IsSome);
        ours.IfSome(o => AssertSame(platform!, o));
    });

    // The platform reads hexadecimal, octal and shortened forms as well: only the canonical one is wanted here.
    [Prop]
    public Property Ipv4_is_what_the_platform_writes() => Prop.ForAll(V4.ToArbitrary(), text =>
    {
        var ours = IpAddress.Parse(text);
        var canonical = IPAddress.TryParse(text, out var ip) && ip.ToString() == text ? ip : null;
        Assert.Equal(canonical is not null, ours.IsSome);
        ours.IfSome(o => AssertSame(canonical!, o));
    });

    [Prop]
    public void Bytes_and_text_give_the_same_address(ulong high, ulong low)
    {
        byte[] bytes = [.. BitConverter.GetBytes(high), .. BitConverter.GetBytes(low)];
        foreach (var ip in new[] { new IPAddress(bytes), new IPAddress(bytes.AsSpan(0, 4)) })
        {
            Assert.Equal(IpAddress.Parse(ip.ToString()), IpAddress.Of(ip.GetAddressBytes()));
            AssertSame(ip, IpAddress.Of(ip.GetAddressBytes()).IfNone(() => default));
        }
    }

    [Fact]
    public void Other_numbers_of_bytes_are_no_address() =>
        Assert.All([0, 1, 3, 5, 15, 17], length => Assert.True(IpAddress.Of(new byte[length]).IsNone));

    [Theory]
    [InlineData("127.0.0.1", true, true, false)]
    [InlineData("127.255.255.255", true, true, false)]
    [InlineData("126.0.0.1", true, false, false)]
    [InlineData("128.0.0.1", true, false, false)]
    [InlineData("::ffff:127.0.0.1", true, true, false)]
    [InlineData("::1", false, true, false)]
    [InlineData("::2", false, false, false)]
    [InlineData("::7f00:1", false, false, false)]
    [InlineData("1::7f00:1", false, false, false)]
    [InlineData("0.0.0.0", true, false, true)]
    [InlineData("::", false, false, true)]
    [InlineData("::ffff:0:0", true, false, true)]
    [InlineData("0.0.0.1", true, false, false)]
    [InlineData("1::", false, false, false)]
    public void Loopback_and_unspecified_addresses_are_told(string text, bool v4, bool loopback, bool unspecified)
    {
        var ip = Parsed(text);
        Assert.Equal((v4, loopback, unspecified), (ip.IsV4, ip.IsLoopback, ip.IsUnspecified));
    }

    [Theory]
    [InlineData("1.2.3.4", "1.2.3.4")]
    [InlineData("::ffff:1.2.3.4", "1.2.3.4")]
    [InlineData("::1", "0:0:0:0:0:0:0:1")]
    [InlineData("FE80::Abcd:1", "fe80:0:0:0:0:0:abcd:1")]
    [InlineData("fe80::1%eth0", "fe80:0:0:0:0:0:0:1")]
    [InlineData("1:2:3:4:5:6:7.8.9.10", "1:2:3:4:5:6:708:90a")]
    public void The_text_is_dotted_or_eight_groups(string text, string written) => Assert.Equal(written, Parsed(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("1.2.3")]
    [InlineData("1.2.3.4.5")]
    [InlineData("1.2.3.04")]
    [InlineData("1.2.3.1000")]
    [InlineData("0x7f.0.0.1")]
    [InlineData("2130706433")]
    [InlineData("1.2.3.4%eth0")]
    [InlineData("1.2.3.4%:")]
    [InlineData("127.0.0.1\0")]
    [InlineData("[::1]")]
    [InlineData("1.2.3.4::")]
    [InlineData("1::1.2.3.4:5")]
    [InlineData("1:2:3:4:5:6:7:8:9")]
    [InlineData("1:2:3:4:5:6:7")]
    [InlineData("1:2:3:4::5:6:7:8")]
    [InlineData(":1:2:3:4:5:6:7")]
    [InlineData("1:2:3:4:5:6:7:")]
    [InlineData("1::2::3")]
    [InlineData(":::")]
    [InlineData("::1\0")]
    [InlineData("%eth0")]
    [InlineData("localhost")]
    public void What_is_no_ip_address_is_none(string text) => Assert.True(IpAddress.Parse(text).IsNone);

    [Theory]
    [InlineData("10.0.0.0", "10.255.0.0", 104, true)]
    [InlineData("10.0.0.0", "11.0.0.0", 104, false)]
    [InlineData("10.0.0.0", "10.0.0.1", 127, true)]
    [InlineData("10.0.0.0", "10.0.0.1", 128, false)]
    [InlineData("10.0.0.1", "10.0.0.1", 128, true)]
    [InlineData("::", "8000::", 0, true)]
    [InlineData("::", "8000::", 1, false)]
    [InlineData("::", "4000::", 1, true)]
    public void A_prefix_is_shared_or_not(string one, string other, int bits, bool shared)
    {
        Assert.Equal(shared, Parsed(one).SharesPrefix(Parsed(other), bits));
        Assert.Equal(shared, Parsed(other).SharesPrefix(Parsed(one), bits));
    }

    private static IpAddress Parsed(string text) => IpAddress.Parse(text).IfNone(() => throw new ArgumentException(text));

    private static void AssertSame(IPAddress platform, IpAddress ours)
    {
        Assert.Equal(platform.MapToIPv6(), IPAddress.Parse(ours.ToString()).MapToIPv6());
        Assert.Equal(platform.AddressFamily == AddressFamily.InterNetwork || platform.IsIPv4MappedToIPv6, ours.IsV4);
        Assert.Equal(IPAddress.IsLoopback(platform), ours.IsLoopback);
    }
}
