using Acomm.Domain;
using Acomm.Effects;

namespace Acomm.AdapterTests.Many;

public sealed class GatheringTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Go", "defect")]
    public async Task More_than_a_hundred_gathered_calls_each_have_an_outcome_under_their_name(bool overHttp)
    {
        await using var worker = await TestNode.StartAsync(TestTasks.Add);
        await using var caller = await TestNode.StartAsync();
        using var gathering = new Gathering<Sum>();
        for (var i = 0; i < 150; i++)
        {
            var numbers = new Numbers(i, 1);
            gathering.Add($"n{i}", cancel => caller.Acomm.CallAsync<Numbers, Sum>(worker.Address(overHttp), "add", numbers, cancel)).Ok();
        }

        var outcomes = await gathering.WaitAsync(Until.All).Within();

        Assert.Equal(Enumerable.Range(0, 150).ToDictionary(i => $"n{i}", i => new Sum(i + 1)), outcomes.ToDictionary(o => o.Key, o => o.Value.Ok()));
        Assert.Equal(0, caller.Acomm.Outstanding);
    }

    [Fact]
    [Trait("Go", "defect")]
    public async Task A_call_that_fails_and_a_name_that_is_there_twice_disturb_no_other_outcome()
    {
        await using var worker = await TestNode.StartAsync(TestTasks.Add);
        await using var caller = await TestNode.StartAsync();
        using var gathering = new Gathering<Sum>();
        gathering.Add("good", cancel => caller.Acomm.CallAsync<Numbers, Sum>(worker.Unix, "add", new Numbers(1, 2), cancel)).Ok();
        gathering.Add("gone", cancel => caller.Acomm.CallAsync<Numbers, Sum>($"unix://{caller.At("no.sock")}", "add", new Numbers(1, 2), cancel)).Ok();
        Assert.IsType<AcommError.ValueInvalid>(gathering.Add("good", _ => throw new InvalidOperationException("begun twice")).Error());

        var outcomes = await gathering.WaitAsync(Until.All).Within();

        Assert.Equal(["gone", "good"], outcomes.Keys.Order());
        Assert.Equal(new Sum(3), outcomes["good"].Ok());
        Assert.IsType<AcommError.PeerUnreachable>(outcomes["gone"].Error());
    }

    [Fact]
    public async Task The_first_outcome_is_enough_and_the_open_call_is_given_up()
    {
        var gate = new Gate();
        await using var worker = await TestNode.StartAsync(acomm =>
        {
            TestTasks.Add(acomm);
            gate.AddTo(acomm);
        });
        await using var caller = await TestNode.StartAsync();
        using var gathering = new Gathering<string>();
        gathering.Add("slow", cancel => caller.Acomm.CallAsync<string, string>(worker.Unix, "wait", "", cancel)).Ok();
        await gate.Entered;
        gathering.Add("quick", async cancel =>
            (await caller.Acomm.CallAsync<Numbers, Sum>(worker.Unix, "add", new Numbers(1, 2), cancel)).Map(sum => sum.Value.ToString())).Ok();

        var outcomes = await gathering.WaitAsync(Until.First(1)).Within();

        Assert.Equal("3", outcomes["quick"].Ok());
        Assert.IsType<AcommError.Cancelled>(outcomes["slow"].Error());
        Assert.Equal(0, caller.Acomm.Outstanding);
        gate.Release();
    }
}
