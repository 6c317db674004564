using System.Text;
using Acomm.Domain;
using Xunit;

namespace Acomm.Properties.Codec;

/// <summary>Bytes that are no document of ours, and what is said of them.</summary>
public sealed class MalformedDocumentTests
{
    private const string Whole = """{"id":"x","task":"t"}""";

    [Theory]
    [InlineData("null", "is null, an object is needed")]
    [InlineData("[]", "is an array, an object is needed")]
    [InlineData("\"x\"", "is a string, an object is needed")]
    [InlineData("1", "is a number, an object is needed")]
    [InlineData("true", "is a boolean, an object is needed")]
    [InlineData("false", "is a boolean, an object is needed")]
    public void A_document_that_is_no_object_is_told_by_its_kind(string json, string reason) => AssertRefused(Read.Utf8(json), reason);

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("{")]
    [InlineData("{\"id\"")]
    [InlineData("{\"id\":")]
    [InlineData("{\"id\":\"x\"")]
    [InlineData("{\"id\":\"x\",}")]
    [InlineData("{\"id\":\"x\" \"task\":\"t\"}")]
    [InlineData("{\"id\":\"x\0\"}")]
    [InlineData("{\"id\":\"x\n\"}")]
    [InlineData("{\"id\":\"x\",\0\"task\":\"t\"}")]
    [InlineData("{'id':'x'}")]
    [InlineData("{/**/\"id\":\"x\"}")]
    [InlineData("\uFEFF{\"id\":\"x\",\"task\":\"t\"}")]
    public void What_is_no_json_is_refused(string json) => AssertRefused(Encoding.UTF8.GetBytes(json), "is not JSON");

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("1")]
    [InlineData("}")]
    [InlineData("\0")]
    [InlineData("x")]
    public void Data_behind_the_document_is_refused_where_it_begins(string more)
    {
        var error = Document.ReadRequest(Read.Utf8(Whole + " " + more), Limits.Default).Left();
        Assert.Equal(new AcommError.DocumentMalformed("request", "has data behind its end", Whole.Length + 1), error);
    }

    [Fact]
    public void White_space_around_the_document_is_allowed() => Assert.True(Read.Request($" \r\n\t{Whole}\n ").IsRight);

    // Overlong, surrogate, cut and impossible sequences; the offset is that of the first bad byte.
    [Theory]
    [InlineData("FF")]
    [InlineData("C0AF")]
    [InlineData("EDA080")]
    [InlineData("C3")]
    [InlineData("F4908080")]
    [InlineData("80")]
    public void Bytes_that_are_no_utf8_are_refused_where_they_stand(string hex)
    {
        foreach (var prefix in new[] { "", "{\"args\":\"", "{\"args\":\"é漢😀" })
        {
            byte[] bytes = [.. Read.Utf8(prefix), .. Convert.FromHexString(hex), .. "\"}"u8];
            var expected = new AcommError.DocumentMalformed("request", "is not UTF-8", Read.Utf8(prefix).Length);
            Assert.Equal(expected, Document.ReadRequest(bytes, Limits.Default).Left());
        }
    }

    [Fact]
    public void Each_reader_names_what_it_wanted_to_read()
    {
        Assert.Equal("document: is not JSON (at byte 0)", Read.Message("").Left().Message);
        Assert.Equal("request: is not JSON (at byte 0)", Read.Request("").Left().Message);
        Assert.Equal("response: is not JSON (at byte 0)", Read.Response("").Left().Message);
        Assert.Equal("acknowledgement: is not JSON (at byte 0)", Read.Acknowledgement("").Left().Message);
    }

    [Fact]
    public void The_offset_is_where_reading_stopped() =>
        Assert.Equal(6, Read.Request("{\"id\":x}").Left<AcommError.DocumentMalformed, Request>().OffsetBytes);

    // A peer's payload does not get into our logs by way of an error.
    [Fact]
    public void No_message_quotes_the_payload() =>
        Assert.DoesNotContain("secret", Read.Request("""{"id":"x","args":"secret"secret}""").Left().Message, StringComparison.Ordinal);

    private static void AssertRefused(byte[] bytes, string reason)
    {
        Assert.Equal(reason, Document.ReadMessage(bytes, Limits.Default).Left<AcommError.DocumentMalformed, Message>().Reason);
        Assert.Equal(reason, Document.ReadRequest(bytes, Limits.Default).Left<AcommError.DocumentMalformed, Request>().Reason);
        Assert.Equal(reason, Document.ReadResponse(bytes, Limits.Default).Left<AcommError.DocumentMalformed, Response>().Reason);
        Assert.Equal(reason, Document.ReadAcknowledgement(bytes, Limits.Default).Left<AcommError.DocumentMalformed, Acknowledgement>().Reason);
    }
}
