using Acomm.Domain;
using Acomm.Effects;
using LanguageExt;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Acomm.Properties.Running;

/// <summary>Many named calls at once.</summary>
public sealed class GatheringTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1000)]
    public async Task Invariant_22_the_names_of_the_outcomes_are_exactly_those_added(int count)
    {
        using var gathering = new Gathering<int>();
        for (var i = 0; i < count; i++)
        {
            var number = i;
            gathering.Add($"n{i}", _ => Task.FromResult<Either<AcommError, int>>(number));
        }

        var outcomes = await gathering.WaitAsync(Until.All);
        Assert.Equal(Enumerable.Range(0, count).ToDictionary(i => $"n{i}", i => (Either<AcommError, int>)i), outcomes);
    }

    [Fact]
    public async Task A_name_that_is_there_twice_is_refused_and_begins_nothing()
    {
        using var gathering = new Gathering<int>();
        gathering.Add("a", _ => Task.FromResult<Either<AcommError, int>>(1));
        Assert.Equal(
            new AcommError.ValueInvalid("name", "'a' is there twice"),
            gathering.Add("a", _ => throw new InvalidOperationException("begun")).Left());
        Assert.Equal(1, (await gathering.WaitAsync(Until.All))["a"]);
    }

    [Fact]
    public async Task The_first_so_many_are_enough_and_the_others_are_given_up()
    {
        using var gathering = new Gathering<int>();
        var sources = Enumerable.Range(0, 3).Select(i => AddOpen(gathering, $"n{i}")).ToList();
        var waiting = gathering.WaitAsync(Until.First(2));
        sources[2].TrySetResult(2);
        Assert.False(waiting.IsCompleted);
        sources[0].TrySetResult(0);
        var outcomes = await waiting;
        Assert.Equal((0, 2), (outcomes["n0"], outcomes["n2"]));
        Assert.IsType<AcommError.Cancelled>(outcomes["n1"].Case);
    }

    [Fact]
    public async Task After_a_time_what_is_there_is_taken()
    {
        var time = new FakeTimeProvider();
        using var gathering = new Gathering<int>(time);
        AddOpen(gathering, "quick").TrySetResult(1);
        AddOpen(gathering, "slow");
        var waiting = gathering.WaitAsync(Until.After(TimeSpan.FromSeconds(1)));
        Assert.False(waiting.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        var outcomes = await waiting;
        Assert.Equal(1, outcomes["quick"]);
        Assert.IsType<AcommError.Cancelled>(outcomes["slow"].Case);
    }

    [Fact]
    public async Task A_count_above_that_of_the_calls_means_all_of_them()
    {
        using var gathering = new Gathering<int>();
        AddOpen(gathering, "a").TrySetResult(1);
        var last = AddOpen(gathering, "b");
        var waiting = gathering.WaitAsync(Until.First(3));
        Assert.False(waiting.IsCompleted);
        last.TrySetResult(2);
        Assert.Equal((1, 2), ((await waiting)["a"], (await waiting)["b"]));
    }

    [Fact]
    public async Task Who_waits_may_give_up_and_so_gives_up_the_calls()
    {
        using var gathering = new Gathering<int>();
        using var cancel = new CancellationTokenSource();
        AddOpen(gathering, "a");
        var waiting = gathering.WaitAsync(Until.All, cancel.Token);
        await cancel.CancelAsync();
        Assert.IsType<AcommError.Cancelled>((await waiting)["a"].Case);
    }

    [Fact]
    public void Calls_that_nobody_waits_for_are_given_up_with_the_gathering()
    {
        var gathering = new Gathering<int>();
        var open = AddOpen(gathering, "a");
        gathering.Dispose();
        Assert.True(open.Task.IsCompleted);
    }

    private static TaskCompletionSource<Either<AcommError, int>> AddOpen(Gathering<int> gathering, string name)
    {
        var source = new TaskCompletionSource<Either<AcommError, int>>();
        gathering.Add(name, cancel =>
        {
            cancel.Register(() => source.TrySetResult(new AcommError.Cancelled(default)));
            return source.Task;
        });
        return source;
    }
}
