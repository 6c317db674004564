using Acomm.Domain;
using Xunit;

namespace Acomm.Properties.Codec;

/// <summary>The fields of a document: found in any case, needed or not, and named where they do not fit.</summary>
public sealed class FieldsTests
{
    private const string Sock = "\"unix:///tmp/x.sock\"";

    [Theory]
    [InlineData("""{"ID":"x","TASK":"t","RESPONSEHOOK":"unix:///tmp/x.sock","TASKURL":"http://h","STREAMURL":"http://s","ARGS":[1]}""")]
    [InlineData("""{"aRgS":[1],"streamurl":"http://s","taskurl":"http://h","responsehook":"unix:///tmp/x.sock","tAsK":"t","Id":"x"}""")]
    [InlineData("""{"id":"x","task":"t","responseHook":"unix:///tmp/x.sock","taskURL":"http://h","stream_url":"http://s","args":[1]}""")]
    [InlineData("""{"id":"x","task":"t","responseHook":"unix:///tmp/x.sock","taskURL":"http://h","Stream_URL":"http://s","args":[1],"newer":{"a":{"a":0,"a":1}}}""")]
    public void A_request_is_read_by_keys_in_any_case_and_order(string json)
    {
        var read = Read.Request(json).Right();
        Assert.Equal(
            ("x", "t", "[1]", "unix:///tmp/x.sock", "http://h", "http://s"),
            (read.Id.Value, read.Task.Value, read.Args.ToString(), Read.Text(read.ResponseHook), Read.Text(read.TaskUrl), Read.Text(read.StreamUrl)));
    }

    [Fact]
    public void Only_id_and_task_are_needed_in_a_request()
    {
        var bare = Request.Create("x", "t", RawJson.Null).Right();
        Assert.Equal(bare, Read.Request("""{"id":"x","task":"t"}""").Right());
        Assert.Equal(bare, Read.Request("""{"id":"x","task":"t","args":null,"responseHook":null,"taskURL":null,"streamURL":null,"stream_url":null}""").Right());
    }

    [Theory]
    [InlineData("""{"id":"x"}""")]
    [InlineData("""{"id":"x","error":null,"result":null,"streamURL":null}""")]
    [InlineData("""{"ID":"x","ERROR":"","RESULT":null}""")]
    public void A_missing_error_a_null_and_empty_text_are_all_no_error(string json) =>
        Assert.Equal(Response.Success(RequestId.Parse("x").Right(), RawJson.Null), Read.Response(json).Right());

    [Fact]
    public void Either_key_of_a_stream_is_read_and_both_together_if_they_agree()
    {
        const string Mistify = $"\"stream_url\":{Sock}";
        const string Cerana = $"\"streamURL\":{Sock}";
        foreach (var keys in new[] { Mistify, Cerana, $"{Mistify},{Cerana}", $"\"stream_url\":null,{Cerana}", $"{Mistify},\"streamURL\":null" })
            Assert.Equal("unix:///tmp/x.sock", Read.Text(Read.Response($$"""{"id":"x",{{keys}}}""").Right().StreamUrl));
        var differing = Read.Response($$"""{"id":"x",{{Mistify}},"streamURL":"unix:///tmp/y.sock"}""");
        Assert.Equal("response: streamURL and stream_url differ", differing.Left().Message);
    }

    [Theory]
    [InlineData("task")]
    [InlineData("args")]
    [InlineData("responseHook")]
    [InlineData("taskURL")]
    public void A_document_with_a_key_of_requests_is_a_request(string key)
    {
        // Whether the request itself is whole is another question.
        var refused = Read.Message($$"""{"id":"x","{{key}}":null}""").Left<AcommError.DocumentInvalid, Message>();
        Assert.Equal("request", refused.Document);
    }

    [Theory]
    [InlineData("""{"id":"x"}""")]
    [InlineData("""{"id":"x","streamURL":null}""")]
    [InlineData("""{"id":"x","unknown":"task"}""")]
    public void Any_other_document_is_a_response(string json) => Assert.IsType<Message.OfResponse>(Read.Message(json).Right());

    [Fact]
    public void Everything_that_is_wrong_with_a_request_is_named_at_once()
    {
        const string Json = """{"id":7,"task":"","responseHook":5,"taskURL":"ftp://x","streamURL":true}""";
        var error = Read.Request(Json).Left<AcommError.DocumentInvalid, Request>();
        Assert.Equal("request", error.Document);
        Assert.Equal(["id", "task", "responseHook", "taskURL", "streamURL"], error.Problems.Map(p => p.Thing).ToArray());
        Assert.StartsWith("request: id is a number, a string is needed; task is missing or empty; ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Everything_that_is_wrong_with_a_response_is_named_at_once()
    {
        var error = Read.Response("""{"id":"","error":{},"streamURL":[]}""").Left<AcommError.DocumentInvalid, Response>();
        Assert.Equal("response", error.Document);
        Assert.Equal(["error", "id", "streamURL"], error.Problems.Map(p => p.Thing).OrderBy(t => t, StringComparer.Ordinal));
    }

    [Fact]
    public void A_result_together_with_an_error_is_refused()
    {
        var error = Read.Response("""{"id":"x","result":1,"error":"no"}""").Left<AcommError.DocumentInvalid, Response>();
        Assert.Equal("response: result is there together with an error, only one of them may be", error.Message);
        Assert.Equal("no", Assert.IsType<Outcome.Failure>(Read.Response("""{"id":"x","result":null,"error":"no"}""").Right().Outcome).Text);
    }

    [Fact]
    public void Missing_ids_and_tasks_are_told()
    {
        Assert.Equal("request: id is missing or empty; task is missing or empty", Read.Request("{}").Left().Message);
        Assert.Equal("response: id is missing or empty", Read.Response("{}").Left().Message);
    }

    [Fact]
    public void An_id_may_be_as_long_as_the_limit_that_is_set()
    {
        var limits = Limits.Default with { IdChars = 3 };
        Assert.Equal("abc", Document.ReadResponse(Read.Utf8("""{"id":"abc"}"""), limits).Right().Id.Value);
        var response = Document.ReadResponse(Read.Utf8("""{"id":"abcd"}"""), limits);
        Assert.Equal("response: id has 4 characters, the limit is 3", response.Left().Message);
        var request = Document.ReadRequest(Read.Utf8("""{"id":"abcd","task":"t"}"""), limits);
        Assert.Equal("request: id has 4 characters, the limit is 3", request.Left().Message);
    }
}
