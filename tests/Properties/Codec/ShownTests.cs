using Acomm.Domain;
using FsCheck;
using Xunit;

namespace Acomm.Properties.Codec;

/// <summary>What peers wrote is fit for a message or a log line after it was shown.</summary>
public sealed class ShownTests
{
    [Theory]
    [InlineData("plain text, é漢😀", "plain text, é漢😀")]
    [InlineData("a\r\nb\tc\0d", "a\ufffd\ufffdb\ufffdc\ufffdd")]
    [InlineData("a\u0085b\u009f", "a\ufffdb\ufffd")]
    [InlineData("a\u2028b\u2029", "a\ufffdb\ufffd")]
    [InlineData("a\u202eb\u200b\ufeff", "a\ufffdb\ufffd\ufffd")]
    [InlineData("", "")]
    public void Control_format_and_line_separating_characters_are_replaced(string text, string shown) => Assert.Equal(shown, Shown.Text(text));

    [Fact]
    public void Unpaired_surrogates_are_replaced()
    {
        Assert.Equal("a\ufffdb", Shown.Text("a\ud800b"));
        Assert.Equal("\ufffd😀", Shown.Text("\udc00😀"));
    }

    [Fact]
    public void Text_up_to_the_limit_is_shown_whole_and_longer_text_is_cut()
    {
        var longest = new string('a', Shown.LimitChars);
        Assert.Equal(longest, Shown.Text(longest));
        Assert.Equal(longest + "…", Shown.Text(longest + "b"));
        Assert.Equal(longest[1..] + "…", Shown.Text(longest[1..] + "😀"));
        Assert.Equal(longest[2..] + "😀", Shown.Text(longest[2..] + "😀"));
    }

    [Theory]
    [InlineData("http://h/p?token=secret#secret", "http://h/p")]
    [InlineData("http://name:secret@h/p", "http:…@h/p")]
    [InlineData("name@h/p", "…@h/p")]
    [InlineData("secret@h:80/p", "…@h:80/p")]
    [InlineData("@h/p", "…@h/p")]
    [InlineData("http://h/p", "http://h/p")]
    public void Of_what_should_be_an_address_nothing_that_may_be_secret_is_shown(string text, string shown) => Assert.Equal(shown, Shown.AddressText(text));

    [Prop]
    public void What_is_shown_is_short_and_says_itself_when_shown_again(NonNull<string> text)
    {
        var shown = Shown.Text(text.Get);
        Assert.InRange(shown.Length, 0, Shown.LimitChars + 1);
        Assert.DoesNotContain(shown, char.IsControl);
        if (shown.Length <= Shown.LimitChars)
            Assert.Equal(shown, Shown.Text(shown));
    }
}
