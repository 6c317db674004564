using Acomm.Domain;
using Acomm.Effects;

namespace Acomm.AdapterTests.EndToEnd;

public sealed class CallTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_typed_call_gets_its_typed_result(bool overHttp)
    {
        await using var server = await TestNode.StartAsync(TestTasks.Add);
        await using var caller = await TestNode.StartAsync();

        var sum = await caller.Acomm.CallAsync<Numbers, Sum>(server.Address(overHttp), "add", new Numbers(40, 2)).Ok();

        Assert.Equal(42, sum.Value);
        Assert.Equal(0, caller.Acomm.Outstanding);
        Assert.Equal(1, caller.Tally.Answered);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Args_and_result_travel_byte_for_byte(bool overHttp)
    {
        const string Args = """{"a": 1.10, "b":[1e999,  12345678901234567890123], "c":"\u00e9é"}""";
        await using var server = await TestNode.StartAsync(TestTasks.Echo);
        await using var caller = await TestNode.StartAsync();

        var echoed = await caller.Acomm.CallAsync<RawJson, RawJson>(server.Address(overHttp), "echo", RawJson.Parse(Args).Ok()).Ok();

        Assert.Equal(Args, echoed.ToString());
    }

    [Fact]
    public async Task A_node_can_call_itself_on_its_socket()
    {
        await using var node = await TestNode.StartAsync(TestTasks.Add);

        Assert.Equal(3, (await node.Acomm.CallAsync<Numbers, Sum>(node.Unix, "add", new Numbers(1, 2)).Ok()).Value);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Many_calls_at_once_each_get_their_own_answer(bool overHttp)
    {
        await using var server = await TestNode.StartAsync(TestTasks.Add);
        await using var caller = await TestNode.StartAsync();

        var sums = await Task.WhenAll(Enumerable.Range(0, 120).Select(i =>
            caller.Acomm.CallAsync<Numbers, Sum>(server.Address(overHttp), "add", new Numbers(i, i)).Ok()));

        Assert.Equal(Enumerable.Range(0, 120).Select(i => 2 * i), sums.Select(s => s.Value));
    }

    [Fact]
    public async Task The_handler_learns_the_id_that_the_caller_chose()
    {
        await using var server = await TestNode.StartAsync(acomm => acomm.AddTask<RawJson, string>(
            "id", (_, call, _) => Task.FromResult<Answer<string>>(call.Id.Value)));
        await using var caller = await TestNode.StartAsync();
        var options = new CallOptions { Id = RequestId.Parse("an id of mine").Ok() };

        var reply = await caller.Acomm.RequestAsync<string, string>(server.Unix, "id", "", options).Ok();

        Assert.Equal("an id of mine", reply.Result);
        Assert.Equal("an id of mine", reply.Id.Value);
        Assert.True(reply.Stream.IsNone);
    }
}
