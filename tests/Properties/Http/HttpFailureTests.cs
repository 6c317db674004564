using Acomm.Domain;
using Xunit;

namespace Acomm.Properties.Http;

/// <summary>What a failed HTTP exchange means: not sent, where nothing was written; else the message may have arrived.</summary>
public sealed class HttpFailureTests
{
    private static readonly Address Peer = Address.Parse("http://h/").Right();
    private static readonly Address Secure = Address.Parse("https://h/").Right();

    [Prop]
    public void What_was_written_is_never_called_not_sent(HttpStage stage, string? reason)
    {
        var error = HttpFailure.At(stage, Peer, isWritten: true, reason ?? "");
        Assert.Equal(Delivery.Indeterminate, error.Delivery);
        Assert.False(error.Delivery.IsFinal());
    }

    [Prop]
    public void What_was_not_written_is_not_sent_unless_a_reply_has_begun(HttpStage stage) => Assert.Equal(
        stage == HttpStage.Reply ? Delivery.Indeterminate : Delivery.NotSent,
        HttpFailure.At(stage, Peer, isWritten: false, "x").Delivery);

    [Fact]
    public void The_stage_names_the_failure()
    {
        Assert.Equal(new AcommError.DnsFailed(Peer, "why"), HttpFailure.At(HttpStage.Name, Peer, false, "why"));
        Assert.Equal(new AcommError.PeerUnreachable(Peer, "why"), HttpFailure.At(HttpStage.Connection, Peer, false, "why"));
        Assert.Equal(new AcommError.TlsFailed(Peer, "why"), HttpFailure.At(HttpStage.Handshake, Peer, false, "why"));
        Assert.Equal(new AcommError.PeerClosed(Peer, "why", Delivery.NotSent), HttpFailure.At(HttpStage.Exchange, Peer, false, "why"));
        Assert.Equal(new AcommError.PeerClosed(Peer, "why", Delivery.Indeterminate), HttpFailure.At(HttpStage.Exchange, Peer, true, "why"));
        Assert.Equal(new AcommError.BadAck(Peer, "why"), HttpFailure.At(HttpStage.Reply, Peer, true, "why"));
    }

    // The client may have tried a kept connection first, and written to that.
    [Theory]
    [InlineData(HttpStage.Name)]
    [InlineData(HttpStage.Connection)]
    [InlineData(HttpStage.Handshake)]
    public void A_second_connection_that_fails_does_not_undo_what_the_first_was_given(HttpStage stage) =>
        Assert.Equal(new AcommError.PeerClosed(Peer, "why", Delivery.Indeterminate), HttpFailure.At(stage, Peer, true, "why"));

    [Fact]
    public void Out_of_time_is_told_by_what_was_waited_for()
    {
        var limit = TimeSpan.FromMilliseconds(2_500);
        Assert.Equal(new AcommError.AckTimeout(Peer, limit), HttpFailure.Late(Peer, true, limit));
        Assert.Equal(new AcommError.AckTimeout(Secure, limit), HttpFailure.Late(Secure, true, limit));
        Assert.Equal(new AcommError.PeerUnreachable(Peer, "no connection within 2.5 s"), HttpFailure.Late(Peer, false, limit));
        Assert.Equal(new AcommError.TlsFailed(Secure, "no connection within 2.5 s"), HttpFailure.Late(Secure, false, limit));
    }

    [Prop]
    public void Out_of_time_is_not_sent_if_and_only_if_nothing_was_written(bool isWritten, bool isSecure) => Assert.Equal(
        isWritten ? Delivery.Indeterminate : Delivery.NotSent,
        HttpFailure.Late(isSecure ? Secure : Peer, isWritten, TimeSpan.FromSeconds(1)).Delivery);
}
