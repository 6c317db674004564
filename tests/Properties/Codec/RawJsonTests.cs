using System.Text;
using Acomm.Domain;
using Acomm.Properties.Generators;
using FsCheck;
using FsCheck.Fluent;
using Xunit;
using Outcome = Acomm.Domain.Outcome;

namespace Acomm.Properties.Codec;

/// <summary>Args and results pass through as the bytes they came in.</summary>
public sealed class RawJsonTests
{
    [Prop]
    public Property Invariant_13_not_a_byte_of_args_or_result_is_changed() => Prop.ForAll(MessagesJson.Text.ToArbitrary(), text =>
    {
        Assert.Equal(text, Read.Request($$"""{"id":"x","args": {{text}} ,"task":"t"}""").Right().Args.ToString());
        Assert.Equal(new Outcome.Success(RawJson.Parse(text).Right()), Read.Response($$"""{"id":"x","result":{{text}}}""").Right().Outcome);
        var request = Request.Create("x", "t", RawJson.Parse(text).Right()).Right();
        Assert.Contains(text, Encoding.UTF8.GetString(Document.Write(request).Span), StringComparison.Ordinal);
    });

    [Prop]
    public Property Only_white_space_around_a_value_is_left_out() => Prop.ForAll(
        (from before in MessagesJson.Whitespace
         from text in MessagesJson.Text
         from after in MessagesJson.Whitespace
         select (before, text, after)).ToArbitrary(),
        t => Assert.Equal(t.text, RawJson.Parse(t.before + t.text + t.after).Right().ToString()));

    [Theory]
    [InlineData("1e999")]
    [InlineData("-0.0E+00")]
    [InlineData("{ \"b\" : 1 ,\n\t\"a\":[ ] }")]
    [InlineData("{\"a\":1,\"A\":2,\"a\":3}")]
    [InlineData("\"\\ud800 \\/ \\u0041\"")]
    [InlineData("null")]
    public void Every_spelling_is_kept(string text)
    {
        Assert.Equal(text, RawJson.Parse(text).Right().ToString());
        Assert.Equal(Encoding.UTF8.GetBytes(text), RawJson.Parse(Encoding.UTF8.GetBytes(text)).Right().Utf8.ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("nul")]
    [InlineData("01")]
    [InlineData("1.")]
    [InlineData("NaN")]
    [InlineData("'a'")]
    [InlineData("[1,]")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{a:1}")]
    [InlineData("// x\n1")]
    [InlineData("\"a\nb\"")]
    [InlineData("\"\\x\"")]
    [InlineData("[1")]
    public void What_is_no_json_is_refused(string text)
    {
        var error = RawJson.Parse(text).Left<AcommError.DocumentMalformed, RawJson>();
        Assert.Equal("value", error.Document);
        Assert.Equal("is not JSON", error.Reason);
    }

    [Fact]
    public void A_second_value_is_refused_where_it_begins() =>
        Assert.Equal(new AcommError.DocumentMalformed("value", "has data behind its end", 3), RawJson.Parse("1  2").Left());

    // The bytes that travelled would be others than those that were given.
    [Fact]
    public void Text_with_an_unpaired_surrogate_is_refused() =>
        Assert.Equal(new AcommError.DocumentMalformed("value", "has an unpaired surrogate", 0), RawJson.Parse("\"a\ud800b\"").Left());

    // A value stands inside a document, which is one level itself.
    [Fact]
    public void A_value_may_be_as_deep_as_fits_into_a_document()
    {
        var deepest = RawJson.Parse(DepthTests.Nested(31)).Right();
        Assert.Equal(deepest, Document.ReadRequest(Document.Write(Request.Create("x", "t", deepest).Right()), Limits.Default).Right().Args);
        var error = RawJson.Parse(DepthTests.Nested(32)).Left<AcommError.DocumentMalformed, RawJson>();
        Assert.Contains("deeper than the limit of 31", error.Message, StringComparison.Ordinal);
    }

    [Prop]
    public void Values_are_equal_where_their_bytes_are(RawJson one, RawJson other)
    {
        var same = one.ToString() == other.ToString();
        Assert.Equal(same, one == other);
        Assert.Equal(!same, one != other);
        Assert.Equal(same, one.Equals((object)other));
        Assert.Equal(one.GetHashCode(), RawJson.Parse(one.ToString()).Right().GetHashCode());
        Assert.False(one.Equals("null"));
    }

    [Fact]
    public void No_value_is_the_same_as_null()
    {
        Assert.True(RawJson.Null.IsNull);
        Assert.True(default(RawJson).IsNull);
        Assert.Equal("null", RawJson.Null.ToString());
        Assert.Equal(RawJson.Null, RawJson.Parse(" null").Right());
        Assert.Equal(RawJson.Null.GetHashCode(), RawJson.Parse("null").Right().GetHashCode());
        Assert.False(RawJson.Parse("\"null\"").Right().IsNull);
    }

    [Fact]
    public void Different_bytes_give_different_hashes_as_a_rule() =>
        Assert.Equal(100, Enumerable.Range(0, 100).Select(i => RawJson.Parse($"{i}").Right().GetHashCode()).Distinct().Count());
}
