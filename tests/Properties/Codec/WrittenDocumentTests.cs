using Acomm.Domain;
using LanguageExt;
using Xunit;

namespace Acomm.Properties.Codec;

/// <summary>What is written says the same to both Go versions, and to ourselves.</summary>
public sealed class WrittenDocumentTests
{
    [Prop]
    public void Invariant_20_a_request_is_read_back_as_it_was(Request request)
    {
        var written = Document.Write(request);
        Assert.Equal(request, Document.ReadRequest(written, Limits.Default).Right());
        Assert.Equal(new Message.OfRequest(request), Document.ReadMessage(written, Limits.Default).Right());
    }

    [Prop]
    public void Invariant_20_a_response_is_read_back_as_it_was(Response response)
    {
        var written = Document.Write(response);
        Assert.Equal(response, Document.ReadResponse(written, Limits.Default).Right());
        Assert.Equal(new Message.OfResponse(response), Document.ReadMessage(written, Limits.Default).Right());
    }

    [Prop]
    public void Invariant_20_an_acknowledgement_is_read_back_as_it_was(Acknowledgement acknowledgement) =>
        Assert.Equal(acknowledgement, Document.ReadAcknowledgement(Document.Write(acknowledgement), Limits.Default).Right());

    [Prop]
    public void Both_go_versions_read_a_request(Request request)
    {
        var go = new GoReader(Document.Write(request));
        Assert.Equal(request.Id.Value, go.Text("id"));
        Assert.Equal(request.Task.Value, go.Text("task"));
        Assert.Equal(request.Args.ToString(), go.Raw("args"));
        AssertSame(request.ResponseHook, go.Url("responsehook"));
        AssertSame(request.ResponseHook, go.Url("responseHook"));
        AssertSame(request.TaskUrl, go.Url("taskURL"));
        AssertSame(request.StreamUrl, go.Url("streamURL"));
    }

    [Prop]
    public void Both_go_versions_read_a_response(Response response)
    {
        var go = new GoReader(Document.Write(response));
        Assert.Equal(response.Id.Value, go.Text("id"));
        Assert.Equal(response.Outcome is Outcome.Failure failure ? failure.Text : "", go.Text("error"));
        Assert.Equal(response.Outcome is Outcome.Success success ? success.Result.ToString() : "null", go.Raw("result"));
        AssertSame(response.StreamUrl, go.Url("stream_url"));
        AssertSame(response.StreamUrl, go.Url("streamURL"));
    }

    [Prop]
    public void Both_go_versions_read_an_acknowledgement(Acknowledgement acknowledgement)
    {
        var go = new GoReader(Document.Write(acknowledgement));
        Assert.Equal(acknowledgement is Acknowledgement.Refused refused ? refused.Text : "", go.Text("error"));
        Assert.Equal("", go.Text("id"));
        Assert.Equal("null", go.Raw("result"));
        Assert.Null(go.Url("stream_url"));
        Assert.Null(go.Url("streamURL"));
    }

    // Go writes every key of an acknowledgement, and a strict peer may look for each.
    [Fact]
    public void Every_key_is_written_even_if_nothing_stands_there()
    {
        var request = new GoReader(Document.Write(Request.Create("x", "t", RawJson.Null).Right()));
        Assert.All(["id", "task", "responseHook", "taskURL", "streamURL", "args"], key => Assert.True(request.Has(key), key));
        var accepted = new GoReader(Document.Write(Acknowledgement.Ok));
        Assert.All(["id", "result", "stream_url", "streamURL", "error"], key => Assert.True(accepted.Has(key), key));
        Assert.False(accepted.Has("code"));
    }

    // Every length, with what is escaped at the beginning, at the end and all over.
    [Theory]
    [InlineData("\u0001", "", "")]
    [InlineData("\"", "x", "")]
    [InlineData("", "x", "\\")]
    [InlineData("", "😀", "")]
    [InlineData("é", "\u001f", "漢")]
    [InlineData("", "x", "")]
    public void Text_of_any_length_is_written_and_read(string first, string middle, string last)
    {
        for (var length = 0; length <= 1500; length += length < 20 ? 1 : 37)
        {
            var text = first + string.Concat(Enumerable.Repeat(middle, length)) + last;
            var response = Response.Failure(RequestId.Parse("x").Right(), text);
            Assert.Equal(response, Document.ReadResponse(Document.Write(response), Limits.Default).Right());
        }
    }

    // What a Go peer decoded it may encode again and send back, as it does with a hook that it forwards.
    [Prop]
    public void An_address_survives_a_go_peer(Address address)
    {
        var response = new Response(RequestId.Parse("x").Right(), new Outcome.Success(RawJson.Null), address);
        var written = new GoReader(Document.Write(response)).Url("streamURL");
        Assert.Equal(address, Read.Url(written!.Json).Right());
    }

    private static void AssertSame(Option<Address> expected, GoUrl? read) => Assert.Equal(
        expected.MatchUnsafe(
            Some: a => new GoUrl(a.SchemeText, a.Host, a.Path)
            {
                Opaque = a.Opaque,
                HasUser = a.HasUser,
                RawPath = a.RawPath,
                OmitHost = a.OmitHost,
                ForceQuery = a.ForceQuery,
                RawQuery = a.RawQuery,
                Fragment = a.Fragment,
                RawFragment = a.RawFragment,
            },
            None: () => null),
        read);
}
