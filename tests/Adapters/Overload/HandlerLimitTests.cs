using Acomm.Domain;
using Acomm.Effects;

namespace Acomm.AdapterTests.Overload;

public sealed class HandlerLimitTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Past_the_limit_a_caller_is_refused_at_once_the_open_requests_are_unharmed_and_it_goes_on(bool overHttp)
    {
        var gate = new TaskCompletionSource();
        await using var server = await TestNode.StartAsync(
            acomm =>
            {
                acomm.AddTask<int, int>("slow", async (args, _, cancel) =>
                {
                    await gate.Task.WaitAsync(cancel);
                    return args;
                }, concurrency: 2);
                TestTasks.Echo(acomm);
            },
            options => options.Limits = options.Limits with { HandlersWaitingPerTask = 3 });
        await using var caller = await TestNode.StartAsync();

        var calls = Enumerable.Range(0, 9).Select(i => (Arg: i, Result: caller.Acomm.CallAsync<int, int>(server.Address(overHttp), "slow", i))).ToList();
        var refused = new List<AcommError>();
        while (refused.Count < 4)
        {
            var ended = await Task.WhenAny(calls.Select(c => c.Result));
            calls.RemoveAll(c => c.Result == ended);
            refused.Add((await ended).Match(Right: r => throw new InvalidOperationException($"{r} was not to come yet"), Left: e => e));
        }

        Assert.All(refused, error => Assert.Equal("TaskOverloaded", Assert.IsType<AcommError.Rejected>(error).Code.IfNone("")));
        Assert.Equal("meanwhile", await caller.Acomm.CallAsync<string, string>(server.Address(overHttp), "echo", "meanwhile").Ok());
        gate.SetResult();
        foreach (var (arg, result) in calls)
            Assert.Equal(arg, await result.Ok());
        Assert.Equal(7, await caller.Acomm.CallAsync<int, int>(server.Address(overHttp), "slow", 7).Ok());
    }
}
