using Acomm.Domain;
using Xunit;

namespace Acomm.Properties.Http;

/// <summary>Who gets the page and who gets JSON.</summary>
public sealed class MediaRangeTests
{
    private static readonly (string, string) Html = ("text", "html");
    private static readonly (string, string) Json = ("application", "json");

    [Theory]
    [InlineData("", false)]
    [InlineData("*/*", false)]
    [InlineData("text/html", true)]
    [InlineData("TEXT/HTML", true)]
    [InlineData("application/json", false)]
    [InlineData("text/html,application/json", false)]
    [InlineData("text/html,application/json;q=0.9", true)]
    [InlineData("text/html;q=0.8,application/json;q=0.9", false)]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", true)]
    [InlineData("text/html;q=0,*/*", false)]
    [InlineData("text/*,*/*;q=0.1", true)]
    [InlineData("text/*;q=0.1,*/*", false)]
    [InlineData("application/*,text/html;q=0.5", false)]
    [InlineData("application/json;q=0,*/*", true)]
    [InlineData("image/png", false)]
    public void A_page_is_for_those_who_like_it_better(string accept, bool isPage) => Assert.Equal(isPage, MediaRange.Prefers(Parse(accept), Html, Json));

    [Prop]
    public void Neither_is_liked_better_when_the_other_one_is(byte[] drawn)
    {
        (string, string)[] known = [("*", "*"), ("text", "*"), ("text", "html"), ("application", "*"), ("application", "json"), ("image", "png")];
        MediaRange[] accepted = [.. drawn.Select(n => new MediaRange(known[n % known.Length].Item1, known[n % known.Length].Item2, n / 255.0))];
        Assert.False(MediaRange.Prefers(accepted, Html, Json) && MediaRange.Prefers(accepted, Json, Html));
    }

    private static MediaRange[] Parse(string accept) => [.. accept.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(range =>
    {
        var (media, quality) = range.Split(";q=") is [var one, var q] ? (one, double.Parse(q, System.Globalization.CultureInfo.InvariantCulture)) : (range, 1);
        return new MediaRange(media.Split('/')[0], media.Split('/')[1], quality);
    })];
}
