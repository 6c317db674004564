using Acomm.Domain;
using Acomm.Effects;
using Microsoft.Extensions.DependencyInjection;

namespace Acomm.AdapterTests.Many;

/// <summary>Several workers of one task, each a node of its own with its socket in the task's directory.</summary>
public sealed class WorkersTests : IDisposable
{
    private readonly TempDirectory directory = new();

    [Fact]
    [Trait("Go", "defect")]
    public async Task The_worker_with_the_lowest_number_is_asked_and_not_the_first_in_the_alphabet()
    {
        await using var slow = await WorkerAsync("10-slow");
        await using var fast = await WorkerAsync("9-fast");
        await using var caller = await TestNode.StartAsync();

        Assert.Equal("9-fast", (await AskAsync(caller).Ok()).Result);
    }

    [Fact]
    public async Task A_worker_that_is_dead_or_does_not_know_the_task_is_passed_over()
    {
        DeadSocket.Leave(directory.At("1-dead.sock"));
        await using var ignorant = await TestNode.StartAsync(options: o => o.SocketPath = directory.At("2-ignorant.sock"));
        await using var able = await WorkerAsync("3-able");
        await using var caller = await TestNode.StartAsync();

        Assert.Equal("3-able", (await AskAsync(caller).Ok()).Result);
    }

    [Fact]
    public async Task A_worker_that_took_the_request_and_failed_is_the_only_one_asked()
    {
        await using var failing = await TestNode.StartAsync(
            acomm => acomm.AddTask<string, string>("who", (_, _, _) => throw new InvalidOperationException()),
            o => o.SocketPath = directory.At("1-failing.sock"));
        await using var able = await WorkerAsync("2-able");
        await using var caller = await TestNode.StartAsync();

        Assert.IsType<AcommError.TaskFailed>(await AskAsync(caller).Error());
    }

    [Fact]
    public async Task Without_any_worker_the_directory_is_named()
    {
        await using var caller = await TestNode.StartAsync();
        var error = Assert.IsType<AcommError.NoWorker>(await AskAsync(caller).Error());
        Assert.Equal(directory.Path, error.Directory);
    }

    public void Dispose() => directory.Dispose();

    private Task<LanguageExt.Either<AcommError, Reply<string>>> AskAsync(TestNode caller) =>
        caller.Services.GetRequiredService<Workers>().CallAsync<string, string>(directory.Path, "who", "are you");

    private Task<TestNode> WorkerAsync(string name) => TestNode.StartAsync(
        acomm => acomm.AddTask<string, string>("who", (_, _, _) => Task.FromResult<Answer<string>>(name)),
        o => o.SocketPath = directory.At(name + ".sock"));
}
