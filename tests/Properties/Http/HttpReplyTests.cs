using Acomm.Domain;
using Acomm.Properties.Codec;
using LanguageExt;
using Xunit;

namespace Acomm.Properties.Http;

/// <summary>The statuses that a node replies with, for those who go by them.</summary>
public sealed class HttpReplyTests
{
    private static readonly Address Peer = Address.Parse("http://h/").Right();

    public static TheoryData<Type> Cases => [.. ErrorSamples.Cases];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_refusal_is_read_as_one_by_whoever_looks_at_the_body_and_by_whoever_looks_at_the_status(Type type)
    {
        var error = ErrorSamples.Make(type, "x");
        var refusal = Acknowledgement.Refuse(error);
        var status = HttpReply.StatusOf(refusal);

        Assert.Equal(HttpReply.StatusOf(error), status);
        Assert.InRange(status, 400, 599);
        var read = Acks.Read(Peer, status, Document.Write(refusal), Limits.Default).Left<AcommError.Rejected, Unit>();
        Assert.Equal(Option<string>.Some(error.Name), read.Code);
    }

    [Fact]
    public void What_was_taken_is_a_success() => Assert.Equal(200, HttpReply.StatusOf(Acknowledgement.Ok));

    [Fact]
    public void A_refusal_without_a_name_is_a_bad_request() => Assert.Equal(400, HttpReply.StatusOf(new Acknowledgement.Refused("no", default)));

    [Theory]
    [InlineData(nameof(AcommError.UnknownTask), 404)]
    [InlineData(nameof(AcommError.StreamUnknown), 404)]
    [InlineData(nameof(AcommError.ResponseUnknown), 404)]
    [InlineData(nameof(AcommError.DuplicateId), 409)]
    [InlineData(nameof(AcommError.ResponseDuplicate), 409)]
    [InlineData(nameof(AcommError.ResponseLate), 410)]
    [InlineData(nameof(AcommError.AddressForbidden), 403)]
    [InlineData(nameof(AcommError.ResponseForbidden), 403)]
    [InlineData(nameof(AcommError.FrameTimeout), 408)]
    [InlineData(nameof(AcommError.FrameTooLong), 413)]
    [InlineData(nameof(AcommError.ShuttingDown), 503)]
    [InlineData(nameof(AcommError.NotStarted), 503)]
    [InlineData(nameof(AcommError.TrackerFull), 503)]
    [InlineData(nameof(AcommError.TooManyStreams), 503)]
    [InlineData(nameof(AcommError.TaskOverloaded), 503)]
    [InlineData(nameof(AcommError.NodeOverloaded), 503)]
    [InlineData(nameof(AcommError.PeerUnreachable), 502)]
    [InlineData(nameof(AcommError.PeerOverloaded), 502)]
    [InlineData(nameof(AcommError.DocumentMalformed), 400)]
    [InlineData(nameof(AcommError.DocumentInvalid), 400)]
    public void A_refusal_has_the_status_of_its_kind(string name, int status) =>
        Assert.Equal(status, HttpReply.StatusOf(new Acknowledgement.Refused("no", name)));

    [Theory]
    [InlineData(404)]
    [InlineData(410)]
    public void A_stream_that_is_not_there_is_unknown(int status) =>
        Assert.Equal(Option<AcommError>.Some(new AcommError.StreamUnknown()), HttpReply.StreamError(Peer, status));

    [Theory]
    [InlineData(300)]
    [InlineData(302)]
    [InlineData(399)]
    public void A_stream_that_is_elsewhere_is_not_gone_after(int status) =>
        Assert.Equal(Option<AcommError>.Some(new AcommError.RedirectRefused(Peer, status)), HttpReply.StreamError(Peer, status));

    [Theory]
    [InlineData(199)]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(500)]
    public void Another_status_is_told_by_its_number(int status) =>
        Assert.Equal(Option<AcommError>.Some(new AcommError.HttpStatus(Peer, status)), HttpReply.StreamError(Peer, status));

    [Prop]
    public void A_stream_comes_with_a_success_only(int any)
    {
        foreach (var status in new[] { any, 200, 204, 299 })
            Assert.Equal(status is >= 200 and < 300, HttpReply.StreamError(Peer, status).IsNone);
    }
}
