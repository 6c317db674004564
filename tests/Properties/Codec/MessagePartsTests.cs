using Acomm.Domain;
using LanguageExt;
using Xunit;

namespace Acomm.Properties.Codec;

/// <summary>Requests and responses made from loose parts.</summary>
public sealed class MessagePartsTests
{
    private static readonly RequestId Id = RequestId.Parse("x").Right();
    private static readonly RawJson One = RawJson.Parse("1").Right();

    [Fact]
    public void A_request_is_made_of_texts()
    {
        var made = Request.Create("x", "t", One, "unix:///tmp/r.sock", "http://h/", "http://s/").Right();
        Assert.Equal(("x", "t", One), (made.Id.Value, made.Task.Value, made.Args));
        Assert.Equal("unix:///tmp/r.sock", Read.Text(made.ResponseHook));
        Assert.Equal("http://h/", Read.Text(made.TaskUrl));
        Assert.Equal("http://s/", Read.Text(made.StreamUrl));
    }

    [Fact]
    public void Empty_texts_are_no_addresses()
    {
        var made = Request.Create("x", "t", One).Right();
        Assert.True(made.ResponseHook.IsNone && made.TaskUrl.IsNone && made.StreamUrl.IsNone);
        Assert.Equal(made, Request.Of(made.Id, made.Task, One, Option<Address>.None));
        Address hook = Address.Unix("/r.sock").Right();
        Assert.Equal(made with { ResponseHook = hook }, Request.Of(made.Id, made.Task, One, hook));
    }

    [Fact]
    public void Everything_wrong_with_the_parts_is_named_at_once()
    {
        var error = Request.Create("", "", One, "hook", "ftp://x", "http://h/%").Left<AcommError.DocumentInvalid, Request>();
        Assert.Equal(
            "request: id is missing or empty; task is missing or empty; responseHook address 'hook' has no scheme; "
            + "taskURL scheme 'ftp' is not one of unix, http, https; streamURL address 'http://h/%' has an invalid percent encoding",
            error.Message);
    }

    [Fact]
    public void A_response_is_a_success_or_a_failure()
    {
        Assert.Equal(Response.Success(Id, One), Response.Create(Id, One, Option<string>.None, Option<Address>.None).Right());
        var nothing = Response.Create(Id, Option<RawJson>.None, Option<string>.None, Option<Address>.None);
        Assert.Equal(Response.Success(Id, RawJson.Null), nothing.Right());
        Assert.Equal(Response.Failure(Id, "no"), Response.Create(Id, Option<RawJson>.None, "no", Option<Address>.None).Right());
        Assert.Equal(Response.Failure(Id, "no"), Response.Create(Id, RawJson.Null, "no", Option<Address>.None).Right());
        var stream = Address.Unix("/s.sock").Right();
        Assert.Equal(Response.Success(Id, One) with { StreamUrl = stream }, Response.Create(Id, One, Option<string>.None, stream).Right());
    }

    [Fact]
    public void A_response_is_not_both() => Assert.Equal(
        "response: result is there together with an error, only one of them may be",
        Response.Create(Id, One, "no", Option<Address>.None).Left<AcommError.DocumentInvalid, Response>().Message);

    // Empty text means success to a Go peer.
    [Fact]
    public void A_failure_always_has_a_text()
    {
        Assert.Equal("unspecified error", new Outcome.Failure("").Text);
        Assert.Equal(Response.Failure(Id, "unspecified error"), Response.Create(Id, Option<RawJson>.None, "", Option<Address>.None).Right());
        Assert.Equal(" ", new Outcome.Failure(" ").Text);
    }

    [Fact]
    public void The_text_of_a_failure_can_be_written()
    {
        Assert.Equal("a\ufffdb", new Outcome.Failure("a\ud800b").Text);
        Assert.Equal("😀", new Outcome.Failure("😀").Text);
    }
}
