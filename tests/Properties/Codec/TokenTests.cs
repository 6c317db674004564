using Acomm.Domain;
using Xunit;

namespace Acomm.Properties.Codec;

/// <summary>A token is 32 bytes, said as 64 hexadecimal digits, and by no other way.</summary>
public sealed class TokenTests
{
    [Prop]
    public void A_token_is_read_back_from_its_text(byte[] seed)
    {
        var token = Token.Of(Padded(seed)).Right();
        Assert.Equal(64, token.Reveal().Length);
        Assert.Equal(token, Token.Parse(token.Reveal()).Right());
        Assert.Equal(token, Token.Parse(token.Reveal().ToUpperInvariant()).Right());
        Assert.Equal(token.GetHashCode(), Token.Parse(token.Reveal()).Right().GetHashCode());
        Assert.Equal(Convert.ToHexStringLower(Padded(seed)), token.Reveal());
    }

    [Prop]
    public void Tokens_are_equal_where_their_bytes_are(byte[] one, byte[] other)
    {
        var same = Padded(one).AsSpan().SequenceEqual(Padded(other));
        var (first, second) = (Token.Of(Padded(one)).Right(), Token.Of(Padded(other)).Right());
        Assert.Equal(same, first == second);
        Assert.Equal(!same, first != second);
        Assert.Equal(same, first.Equals((object)second));
        Assert.False(first.Equals(first.Reveal()));
    }

    [Fact]
    public void Every_bit_of_a_token_counts()
    {
        var zero = Token.Of(new byte[Token.LengthBytes]).Right();
        for (var bit = 0; bit < 8 * Token.LengthBytes; bit++)
        {
            var bytes = new byte[Token.LengthBytes];
            bytes[bit / 8] = (byte)(1 << (bit % 8));
            Assert.NotEqual(zero, Token.Of(bytes).Right());
            Assert.NotEqual(zero.GetHashCode(), Token.Of(bytes).Right().GetHashCode());
        }
    }

    [Fact]
    public void A_token_keeps_its_bytes_whatever_becomes_of_their_array()
    {
        var bytes = new byte[Token.LengthBytes];
        var token = Token.Of(bytes).Right();
        bytes[0] = 1;
        Assert.Equal(new string('0', 64), token.Reveal());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void Other_lengths_are_no_token(int length)
    {
        Assert.Equal(new AcommError.ValueInvalid("token", $"has {length} bytes, 32 are needed"), Token.Of(new byte[length]).Left());
        Assert.Equal(new AcommError.ValueInvalid("token", "is not 64 hexadecimal digits"), Token.Parse(new string('0', 2 * length)).Left());
    }

    [Theory]
    [InlineData('g')]
    [InlineData(' ')]
    [InlineData('\0')]
    [InlineData('０')]
    public void Other_characters_are_no_token(char bad) =>
        Assert.Equal(new AcommError.ValueInvalid("token", "is not 64 hexadecimal digits"), Token.Parse(new string('0', 63) + bad).Left());

    // No message and no log may carry it by accident.
    [Fact]
    public void Neither_its_text_nor_a_refusal_tells_a_token()
    {
        var secret = new string('a', 64);
        Assert.Equal("(token)", Token.Parse(secret).Right().ToString());
        Assert.DoesNotContain("aaaa", Token.Parse(secret + "x").Left().ToString(), StringComparison.Ordinal);
    }

    private static byte[] Padded(byte[] seed) => [.. seed.Take(Token.LengthBytes), .. new byte[Math.Max(0, Token.LengthBytes - seed.Length)]];
}
