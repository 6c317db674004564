using Acomm.Domain;
using Acomm.Properties.Codec;
using LanguageExt;
using Xunit;

namespace Acomm.Properties.Http;

/// <summary>What the reply to a document means for its sender: on a socket by its body, over HTTP by its status as well.</summary>
public sealed class AcksTests
{
    private const string Accepts = """{"error":"","id":"","result":null}""";
    private const string Refuses = """{"error":"no such task","id":"","result":null}""";

    private static readonly Address Peer = Address.Parse("http://h/").Right();

    [Theory]
    [InlineData(200)]
    [InlineData(202)]
    [InlineData(299)]
    public void A_success_with_an_acknowledgement_is_taken(int status) => Assert.True(Interpret(status, Accepts).IsRight);

    // Go peers send their refusals with any status.
    [Theory]
    [InlineData(200)]
    [InlineData(199)]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(500)]
    [InlineData(503)]
    public void A_refusal_counts_whatever_the_status(int status) =>
        Assert.Equal(new AcommError.Rejected(Peer, "no such task", Option<string>.None), Interpret(status, Refuses).Left());

    [Theory]
    [InlineData(300)]
    [InlineData(302)]
    [InlineData(399)]
    public void A_redirect_is_refused_whatever_the_body(int status)
    {
        foreach (var body in new[] { Accepts, Refuses, "", "<html>" })
        {
            var error = Interpret(status, body).Left();
            Assert.Equal(new AcommError.RedirectRefused(Peer, status), error);
            Assert.Equal(Delivery.Refused, error.Delivery);
        }
    }

    [Theory]
    [InlineData(199, Delivery.Indeterminate)]
    [InlineData(400, Delivery.Refused)]
    [InlineData(404, Delivery.Refused)]
    [InlineData(499, Delivery.Refused)]
    [InlineData(500, Delivery.Indeterminate)]
    [InlineData(503, Delivery.Indeterminate)]
    public void Another_status_without_a_refusal_is_told_by_its_number(int status, Delivery delivery)
    {
        foreach (var body in new[] { Accepts, "", "<html>" })
        {
            var error = Interpret(status, body).Left();
            Assert.Equal(new AcommError.HttpStatus(Peer, status), error);
            Assert.Equal(delivery, error.Delivery);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("ok")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"error":""")]
    [InlineData("""{"error":5}""")]
    public void A_success_without_an_acknowledgement_tells_nothing(string body)
    {
        var error = Interpret(200, body).Left<AcommError.BadAck, Unit>();
        Assert.Equal(Peer, error.Address);
        Assert.Equal(Read.Acknowledgement(body).Left().Message, error.Reason);
        Assert.Equal(Delivery.Indeterminate, error.Delivery);
    }

    [Fact]
    public void On_a_socket_the_body_alone_tells()
    {
        Assert.True(Acks.Read(Peer, Read.Utf8(Accepts), Limits.Default).IsRight);
        Assert.Equal(new AcommError.Rejected(Peer, "no such task", Option<string>.None), Acks.Read(Peer, Read.Utf8(Refuses), Limits.Default).Left());
        Assert.IsType<AcommError.BadAck>(Acks.Read(Peer, Read.Utf8("{}"), Limits.Default).Left());
    }

    [Prop]
    public void Every_reply_is_an_acknowledgement_or_an_error(byte[] body, int status) =>
        Assert.False(Acks.Read(Peer, status, body, Limits.Default).IsBottom);

    private static Either<AcommError, Unit> Interpret(int status, string body) =>
        Acks.Read(Peer, status, Read.Utf8(body), Limits.Default);
}
