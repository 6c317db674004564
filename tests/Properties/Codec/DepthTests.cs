using Acomm.Domain;
using Xunit;

namespace Acomm.Properties.Codec;

/// <summary>Objects and arrays within each other are counted from the document, which is the first.</summary>
public sealed class DepthTests
{
    /// <summary>So many arrays within each other.</summary>
    public static string Nested(int depth) => new string('[', depth) + new string(']', depth);

    private static string NestedObjects(int depth) => string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(31)]
    public void A_document_as_deep_as_the_limit_is_read(int below)
    {
        Assert.True(Read.Request(WithArgs(below == 0 ? "1" : Nested(below))).IsRight);
        Assert.True(Read.Request(WithArgs(NestedObjects(below))).IsRight);
    }

    [Theory]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(1000)]
    [InlineData(100_000)]
    public void A_deeper_document_is_refused_with_the_limit(int below)
    {
        foreach (var args in new[] { Nested(below), NestedObjects(below), "[[{\"a\":" + Nested(below) + "}]]" })
        {
            var error = Read.Request(WithArgs(args)).Left<AcommError.DocumentMalformed, Request>();
            Assert.Contains("is nested deeper than the limit of 32", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_limit_that_is_set_counts()
    {
        var limits = Limits.Default with { Depth = 3 };
        Assert.True(Document.ReadRequest(Read.Utf8(WithArgs("[[]]")), limits).IsRight);
        Assert.Contains("limit of 3", Document.ReadRequest(Read.Utf8(WithArgs("[[[]]]")), limits).Left().Message, StringComparison.Ordinal);
        var acknowledgement = Document.ReadAcknowledgement(Read.Utf8("""{"error":"","x":[[[]]]}"""), limits);
        Assert.Contains("limit of 3", acknowledgement.Left().Message, StringComparison.Ordinal);
    }

    // Nonsense is not blamed on its depth, not even right at the limit.
    [Fact]
    public void Other_faults_do_not_mention_the_depth()
    {
        Assert.Equal("is not JSON", Read.Request(WithArgs("[[x]]")).Left<AcommError.DocumentMalformed, Request>().Reason);
        Assert.Equal("is not JSON", Read.Request(WithArgs("[[")).Left<AcommError.DocumentMalformed, Request>().Reason);
        var deepest = "{\"args\":" + new string('[', 31);
        foreach (var rest in new[] { "", "x", " ", "1 1", "1}", "\"", "]]" })
            Assert.Equal("is not JSON", Read.Request(deepest + rest).Left<AcommError.DocumentMalformed, Request>().Reason);
    }

    private static string WithArgs(string args) => $$"""{"id":"x","task":"t","args":{{args}}}""";
}
