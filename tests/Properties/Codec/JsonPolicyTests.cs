using System.Text;
using Acomm.Domain;
using Xunit;
using Outcome = Acomm.Domain.Outcome;

namespace Acomm.Properties.Codec;

/// <summary>
/// What is JSON and what is not, case by case of the grammar (RFC 8259), as args, as a result and by itself: what is valid
/// passes byte for byte, what is not is a typed error. The table in docs/wire.md says the same in words.
/// </summary>
public sealed class JsonPolicyTests
{
    public static TheoryData<JsonCase> Valid => [.. JsonCases.Valid];

    public static TheoryData<JsonCase> Doubtful => [.. JsonCases.Doubtful];

    public static TheoryData<JsonCase> Invalid => [.. JsonCases.Invalid];

    public static TheoryData<JsonCase> OverOurLimits => [.. JsonCases.OverOurLimits];

    [Theory]
    [MemberData(nameof(Valid))]
    public void What_the_grammar_allows_passes_byte_for_byte(JsonCase valid) => AssertPasses(valid.Bytes);

    [Theory]
    [MemberData(nameof(Doubtful))]
    public void What_the_grammar_leaves_open_passes_byte_for_byte(JsonCase doubtful) => AssertPasses(doubtful.Bytes);

    [Theory]
    [MemberData(nameof(Invalid))]
    public void What_the_grammar_forbids_is_a_typed_error(JsonCase invalid) => AssertRefused(invalid.Bytes);

    [Theory]
    [MemberData(nameof(OverOurLimits))]
    public void What_is_above_our_limits_or_in_another_encoding_is_a_typed_error(JsonCase refused) => AssertRefused(refused.Bytes);

    // Another level is the document's own.
    [Fact]
    public void Valid_values_within_each_other_pass_up_to_the_depth_that_is_left()
    {
        foreach (var valid in JsonCases.Valid.Select(c => c.Bytes))
        {
            AssertPasses([.. "[[[ "u8, .. valid, .. " ]]]"u8]);
            AssertPasses([.. "{\"\":{\"a\":"u8, .. valid, .. "},\"\":0}"u8]);
        }
    }

    [Fact]
    public void Invalid_values_are_no_better_inside_others()
    {
        foreach (var invalid in JsonCases.Invalid.Where(c => !c.IsBlank).Select(c => c.Bytes))
        {
            AssertRefused([.. "["u8, .. invalid, .. "]"u8]);
            AssertRefused([.. "{\"a\":"u8, .. invalid, .. "}"u8]);
        }
    }

    private static void AssertPasses(byte[] bytes)
    {
        // White space around a value is no part of it.
        var value = bytes.AsMemory().TrimStart(" \t\r\n"u8).TrimEnd(" \t\r\n"u8).ToArray();
        Assert.Equal(value, RawJson.Parse(bytes).Right().Utf8.ToArray());

        var request = Document.ReadRequest(AsArgs(bytes), Limits.Default).Right();
        Assert.Equal(value, request.Args.Utf8.ToArray());
        Assert.Equal(request, Document.ReadRequest(Document.Write(request), Limits.Default).Right());

        var response = Document.ReadResponse(AsResult(bytes), Limits.Default).Right();
        Assert.Equal(value, Assert.IsType<Outcome.Success>(response.Outcome).Result.Utf8.ToArray());
        Assert.True(Document.Write(response).Span.IndexOf(value) > 0);
    }

    private static void AssertRefused(byte[] bytes)
    {
        RawJson.Parse(bytes).Left<AcommError.DocumentMalformed, RawJson>();
        Document.ReadRequest(AsArgs(bytes), Limits.Default).Left<AcommError.DocumentMalformed, Request>();
        Document.ReadResponse(AsResult(bytes), Limits.Default).Left<AcommError.DocumentMalformed, Response>();
        Document.ReadMessage(bytes, Limits.Default).Left<AcommError.DocumentMalformed, Message>();
        Document.ReadAcknowledgement(bytes, Limits.Default).Left<AcommError.DocumentMalformed, Acknowledgement>();
    }

    private static byte[] AsArgs(byte[] value) => [.. "{\"id\":\"x\",\"task\":\"t\",\"args\":"u8, .. value, .. "}"u8];

    private static byte[] AsResult(byte[] value) => [.. "{\"id\":\"x\",\"error\":\"\",\"result\":"u8, .. value, .. "}"u8];
}

/// <summary>The bytes of one case, shown as hexadecimal where they are no plain text.</summary>
public sealed record JsonCase(byte[] Bytes)
{
    /// <summary>Whether there is nothing: as all that is in an array it would be right.</summary>
    public bool IsBlank => !Bytes.AsSpan().ContainsAnyExcept(" \t\r\n"u8);

    public static JsonCase Of(string text) => new(Encoding.UTF8.GetBytes(text));

    public static JsonCase OfHex(string hex) => new(Convert.FromHexString(hex));

    public override string ToString() =>
        Bytes.Length > 60 ? $"{Encoding.Latin1.GetString(Bytes[..20])}... {Bytes.Length} bytes"
        : Bytes.All(b => b is >= 0x20 and < 0x7F) ? Encoding.ASCII.GetString(Bytes)
        : Convert.ToHexString(Bytes);
}
