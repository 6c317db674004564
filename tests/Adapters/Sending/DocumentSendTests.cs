using Acomm.Domain;
using Acomm.Effects;
using LanguageExt;

namespace Acomm.AdapterTests.Sending;

/// <summary>Documents that are sent as they are, and what their sender learns.</summary>
public sealed class DocumentSendTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_responder_learns_what_became_of_its_answer(bool overHttp)
    {
        await using var peer = new GoUnixPeer();
        await using var responder = await TestNode.StartAsync();
        await using var node = await TestNode.StartAsync();
        var call = node.Acomm.Begin(Address.Parse(peer.Url).Ok(), TaskName.Parse("t").Ok(), RawJson.Null, CallOptions.None);
        await peer.NextAsync();
        var hook = Address.Parse(overHttp ? $"{node.Http}/proxy" : node.Unix).Ok();
        var answer = Response.Success(call.Id, RawJson.Null);

        if (overHttp)
        {
            // Its hook was the unix socket, so that no answer from elsewhere is taken.
            Assert.Equal("ResponseForbidden", CodeOf(await responder.Acomm.SendAsync(hook, answer).Error()));
        }
        else
        {
            await responder.Acomm.SendAsync(hook, answer).Ok();
            Assert.True((await call.Answer.Within()).IsRight);
            Assert.Equal("ResponseDuplicate", CodeOf(await responder.Acomm.SendAsync(hook, answer).Error()));
        }

        var stranger = Response.Success(RequestId.Parse("nobody").Ok(), RawJson.Null);
        Assert.Equal("ResponseUnknown", CodeOf(await responder.Acomm.SendAsync(hook, stranger).Error()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_request_that_wants_no_answer_is_acknowledged_and_handled(bool overHttp)
    {
        var gate = new Gate();
        await using var worker = await TestNode.StartAsync(gate.AddTo);
        await using var node = await TestNode.StartAsync();
        var request = Request.Of(RequestId.Parse("quiet").Ok(), TaskName.Parse("wait").Ok(), RawJson.Null, Option<Address>.None);

        await node.Acomm.SendAsync(Address.Parse(worker.Address(overHttp)).Ok(), request).Ok();

        await gate.Entered;
        gate.Release();
        Assert.Equal(0, node.Acomm.Outstanding);
    }

    [Fact]
    public async Task A_removed_call_ends_and_another_one_may_have_its_id()
    {
        await using var peer = new GoUnixPeer();
        await using var node = await TestNode.StartAsync();
        var to = Address.Parse(peer.Url).Ok();
        var options = new CallOptions { Id = RequestId.Parse("again").Ok() };
        var first = node.Acomm.Begin(to, TaskName.Parse("t").Ok(), RawJson.Null, options);
        first.Remove();
        Assert.IsType<AcommError.Cancelled>(await first.Answer.Error());
        var second = node.Acomm.Begin(to, TaskName.Parse("t").Ok(), RawJson.Null, options);

        first.Remove();

        Assert.Equal(1, node.Acomm.Outstanding);
        Assert.False(second.Answer.IsCompleted);
    }

    private static string CodeOf(AcommError error) => Assert.IsType<AcommError.Rejected>(error).Code.IfNone("none");
}
