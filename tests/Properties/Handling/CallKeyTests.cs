using Acomm.Domain;
using Acomm.Properties.Generators;
using Xunit;

namespace Acomm.Properties.Handling;

/// <summary>Who may cancel what: the same user, by the hook and the id of his request; over HTTP who knows the hook.</summary>
[Props(typeof(Messages), 200)]
public sealed class CallKeyTests
{
    [Prop]
    public void A_cancellation_means_the_request_with_its_id_and_hook_of_the_same_user(Request request, Address hook, uint user, int process)
    {
        var key = Assert.Single(CallKey.Of(request.Id, hook, User(user)));
        Assert.Equal(key, CallKey.Of(new Cancellation(request.Id, hook), new PeerIdentity.UnixProcess(user, 7, process)));
        Assert.Equal(key.GetHashCode(), CallKey.Of(new Cancellation(request.Id, hook), User(user)).GetHashCode());
    }

    [Prop]
    public void It_means_no_request_with_another_id_hook_or_user(Request request, Address hook, Address otherHook, RequestId otherId, uint user, uint otherUser)
    {
        var key = Assert.Single(CallKey.Of(request.Id, hook, User(user)));
        Assert.Equal(request.Id == otherId, key == CallKey.Of(new Cancellation(otherId, hook), User(user)));
        Assert.Equal(hook == otherHook, key == CallKey.Of(new Cancellation(request.Id, otherHook), User(user)));
        Assert.Equal(user == otherUser, key == CallKey.Of(new Cancellation(request.Id, hook), User(otherUser)));
        Assert.NotEqual(key, CallKey.Of(new Cancellation(request.Id, hook), PeerIdentity.Local));
        Assert.NotEqual(key, CallKey.Of(new Cancellation(request.Id, hook), Http("10.0.0.7")));
        Assert.NotEqual(CallKey.Of(new Cancellation(request.Id, hook), PeerIdentity.Local), CallKey.Of(new Cancellation(request.Id, hook), Http("10.0.0.7")));
    }

    [Prop]
    public void Where_the_system_tells_no_users_whoever_may_open_the_socket_is_one(Request request, Address hook) => Assert.Equal(
        CallKey.Of(request.Id, hook, PeerIdentity.Local),
        CallKey.Of(new Cancellation(request.Id, hook), PeerIdentity.Local));

    [Prop]
    public void Over_http_whoever_knows_the_hook_may_cancel(Request request, Address hook, Address otherHook)
    {
        var key = Assert.Single(CallKey.Of(request.Id, hook, Http("10.0.0.7")));
        Assert.Equal(key, CallKey.Of(new Cancellation(request.Id, hook), Http("10.0.0.8")));
        Assert.Equal(hook == otherHook, key == CallKey.Of(new Cancellation(request.Id, otherHook), Http("10.0.0.7")));
    }

    [Prop]
    public void What_came_without_a_hook_cannot_be_cancelled(Request request, uint user) =>
        Assert.True(CallKey.Of(request.Id, LanguageExt.Option<Address>.None, User(user)).IsNone);

    [Theory]
    [InlineData(Interruption.None, true, nameof(AcommError.CutByShutdown))]
    [InlineData(Interruption.TimeOver, false, nameof(AcommError.TimedOut))]
    [InlineData(Interruption.GivenUp, false, nameof(AcommError.Cancelled))]
    [InlineData(Interruption.Cut, true, nameof(AcommError.CutByShutdown))]
    public void Only_who_still_waits_is_answered(Interruption interruption, bool isAnswered, string error)
    {
        var request = Request.Of(RequestId.Parse("1").Right(), TaskName.Parse("t").Right(), RawJson.Null, default) with { Timeout = TimeSpan.FromSeconds(3) };
        Assert.Equal(isAnswered, interruption.IsAnswerWanted());
        var said = interruption.Error(request);
        Assert.Equal(error, said.Name);
        Assert.Equal(TimeSpan.FromSeconds(3), said is AcommError.TimedOut over ? over.Timeout : TimeSpan.FromSeconds(3));
    }

    private static PeerIdentity Http(string ip) => new PeerIdentity.HttpAddress(IpAddress.Parse(ip).IfNone(default(IpAddress)));

    private static PeerIdentity User(uint user) => new PeerIdentity.UnixProcess(user, user, 1);
}
