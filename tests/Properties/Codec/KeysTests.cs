using Acomm.Domain;
using Xunit;

namespace Acomm.Properties.Codec;

/// <summary>A key twice, or text that cannot be written again, is refused where we read it and passed where we do not.</summary>
public sealed class KeysTests
{
    [Theory]
    [InlineData("""{"id":"x","task":"t","id":"x"}""", "id")]
    [InlineData("""{"id":"x","task":"t","TASK":"t"}""", "TASK")]
    [InlineData("""{"id":"x","task":"t","responseHook":null,"responsehook":null}""", "responsehook")]
    [InlineData("""{"id":"x","task":"t","unknown":1,"Unknown":1}""", "Unknown")]
    [InlineData("""{"id":"x","task":"t","\u0069d":"x"}""", "id")]
    [InlineData("""{"\u0069d":"x","task":"t","id":"x"}""", "id")]
    [InlineData("""{"é":"x","task":"t","É":"x"}""", "É")]
    [InlineData("""{"é":"x","task":"t","\u00c9":"x","a":1,"A":2}""", "É")]
    [InlineData("""{"id":"x","args":1,"ARGS":2,"id":"x"}""", "ARGS")]
    public void A_key_that_comes_twice_in_any_case_is_refused(string json, string key)
    {
        var error = Read.Request(json).Left<AcommError.DocumentMalformed, Request>();
        Assert.Equal($"has the key '{key}' twice", error.Reason);
    }

    // Not every letter that some language has for the same is the same.
    [Theory]
    [InlineData("ta\u017fk")]
    [InlineData("tas\u212a")]
    [InlineData("task ")]
    [InlineData("tas")]
    [InlineData("")]
    public void Another_name_is_not_a_key_of_ours(string name) =>
        Assert.Equal("request: task is missing or empty", Read.Request($$"""{"id":"x","{{name}}":"t"}""").Left().Message);

    [Theory]
    [InlineData("""{"Scheme":"unix","Path":"/a","path":"/b"}""", "path")]
    [InlineData("""{"Scheme":"unix","Scheme":"unix","Path":"/a"}""", "Scheme")]
    public void A_part_of_a_url_that_comes_twice_is_refused(string json, string key) =>
        Assert.Contains($"URL: has the key '{key}' twice", Read.Url(json).Left().Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"a":1,"a":2,"A":3}""")]
    [InlineData("""[{"id":1,"id":1}]""")]
    public void Inside_args_and_results_a_key_may_come_twice(string json)
    {
        Assert.Equal(json, Read.Request($$"""{"id":"x","task":"t","args":{{json}}}""").Right().Args.ToString());
        Assert.Equal(new Outcome.Success(RawJson.Parse(json).Right()), Read.Response($$"""{"id":"x","result":{{json}}}""").Right().Outcome);
    }

    [Fact]
    public void A_twice_given_key_is_shown_fit_for_a_log()
    {
        var message = Read.Request("""{"a\u0007\n":1,"a\u0007\n":1}""").Left().Message;
        Assert.Contains("'a\ufffd\ufffd'", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"id":"a\ud800","task":"t"}""", "request: id has an unpaired surrogate")]
    [InlineData("""{"id":"x","task":"\udc00"}""", "request: task has an unpaired surrogate")]
    [InlineData("""{"id":"x","task":"\ud800\ud800\udc00"}""", "request: task has an unpaired surrogate")]
    public void An_unpaired_surrogate_in_our_own_text_is_refused(string json, string message) =>
        Assert.Equal(message, Read.Request(json).Left().Message);

    [Fact]
    public void An_unpaired_surrogate_in_an_error_is_refused() =>
        Assert.Equal("response: error has an unpaired surrogate", Read.Response("""{"id":"x","error":"\ud83d"}""").Left().Message);

    [Theory]
    [InlineData("""{"\ud800":1,"id":"x","task":"t"}""", 1)]
    [InlineData("""{"id":"x","\udc00":1,"task":"t"}""", 10)]
    public void An_unpaired_surrogate_in_a_key_is_refused_where_it_stands(string json, long offset) =>
        Assert.Equal(new AcommError.DocumentMalformed("request", "has a key with an unpaired surrogate", offset), Read.Request(json).Left());

    [Theory]
    [InlineData("""{"\ud800":"\udc00"}""")]
    [InlineData("\"\\ud800\"")]
    public void Unpaired_surrogates_inside_args_and_unknown_values_pass(string json)
    {
        Assert.Equal(json, Read.Request($$"""{"id":"x","task":"t","args":{{json}}}""").Right().Args.ToString());
        Assert.True(Read.Request($$"""{"id":"x","task":"t","newer":{{json}}}""").IsRight);
    }

    [Fact]
    public void Pairs_of_surrogates_are_text() => Assert.Equal("😀", Read.Request("""{"id":"\ud83d\ude00","task":"t"}""").Right().Id.Value);

    // Control characters are legal in JSON strings where they are escaped, so an id may hold them.
    [Fact]
    public void An_id_may_hold_escaped_control_characters()
    {
        var id = Read.Request("""{"id":"a\u0000\n","task":"t"}""").Right().Id;
        Assert.Equal("a\0\n", id.Value);
        Assert.Equal("a\ufffd\ufffd", id.ToString());
    }
}
