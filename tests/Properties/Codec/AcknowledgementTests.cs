using Acomm.Domain;
using LanguageExt;
using Xunit;

namespace Acomm.Properties.Codec;

/// <summary>An acknowledgement is a response document of which only the error counts.</summary>
public sealed class AcknowledgementTests
{
    [Theory]
    [InlineData("""{"error":""}""")]
    [InlineData("""{"error":null}""")]
    [InlineData("""{"id":""}""")]
    [InlineData("""{"result":null}""")]
    [InlineData("""{"ERROR":"","id":7,"result":{"any":1},"stream_url":5}""")]
    public void No_error_is_acceptance(string json) => Assert.Equal(Acknowledgement.Ok, Read.Acknowledgement(json).Right());

    [Fact]
    public void An_error_is_refusal_with_a_code_if_the_peer_is_one_of_ours()
    {
        Assert.Equal(new Acknowledgement.Refused("no", Option<string>.None), Read.Acknowledgement("""{"error":"no"}""").Right());
        Assert.Equal(new Acknowledgement.Refused("no", Option<string>.None), Read.Acknowledgement("""{"error":"no","code":""}""").Right());
        Assert.Equal(new Acknowledgement.Refused("no", "FrameEmpty"), Read.Acknowledgement("""{"error":"no","Code":"FrameEmpty"}""").Right());
    }

    // An unknown HTTP service may well reply with some JSON object: that accepts nothing.
    [Theory]
    [InlineData("{}")]
    [InlineData("""{"status":"ok"}""")]
    [InlineData("""{"streamURL":null,"code":"x"}""")]
    public void An_object_that_is_no_response_is_no_acknowledgement(string json) =>
        Assert.Equal(
            new AcommError.DocumentMalformed("acknowledgement", "has neither error, id nor result", 0),
            Read.Acknowledgement(json).Left());

    [Theory]
    [InlineData("""{"error":5}""", "error is a number, a string is needed")]
    [InlineData("""{"error":"no","code":[]}""", "code is an array, a string is needed")]
    [InlineData("""{"error":"\udc00"}""", "error has an unpaired surrogate")]
    public void A_field_that_does_not_fit_is_named(string json, string message) =>
        Assert.Equal(message, Read.Acknowledgement(json).Left().Message);

    [Fact]
    public void A_refusal_carries_the_error_and_its_name()
    {
        var error = new AcommError.FrameTooLong(10, 11);
        var expected = new Acknowledgement.Refused("FrameTooLong: frame of 11 bytes, the limit is 10", "FrameTooLong");
        Assert.Equal(expected, Acknowledgement.Refuse(error));
    }

    // A text that cannot be UTF-8 may come from a handler; the refusal has to travel all the same.
    [Fact]
    public void Unpaired_surrogates_of_a_refusal_are_replaced_when_it_is_written()
    {
        var refused = new Acknowledgement.Refused("a\ud800b", "c\udc00");
        var read = Document.ReadAcknowledgement(Document.Write(refused), Limits.Default).Right();
        Assert.Equal(new Acknowledgement.Refused("a\ufffdb", "c\ufffd"), read);
    }
}
