using Acomm.Cli.Nodes;

namespace Acomm.CliTests;

public sealed class PingTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_tells_how_long_answers_took(bool overHttp)
    {
        var ended = await Tool.RunAsync("ping", node.Address(overHttp), "echo", "-a", "n=1", "-n", "50", "-c", "4");

        Assert.Equal(0, ended.ExitCode);
        Assert.Matches(@"^50 answered, 0 failed, [0-9.]+ s, [0-9.]+ calls/s\nmin [0-9.]+ ms, p50 [0-9.]+ ms, p90 [0-9.]+ ms, p99 [0-9.]+ ms, max [0-9.]+ ms$", ended.Output);
    }

    [Fact]
    public async Task Without_a_task_the_refusal_is_the_answer() =>
        Assert.StartsWith("3 answered, 0 failed", (await Tool.RunAsync("ping", node.Unix, "-n", "3")).Output, StringComparison.Ordinal);

    [Fact]
    public async Task A_task_that_fails_is_a_failure()
    {
        var ended = await Tool.RunAsync("ping", node.Unix, "fail", "-a", "message=oh");

        Assert.Equal((1, "TaskFailed: oh\n"), (ended.ExitCode, ended.Error));
    }

    [Theory]
    [InlineData(1, 1, 1, 1)]
    [InlineData(2, 1, 2, 2)]
    [InlineData(10, 5, 9, 10)]
    [InlineData(100, 50, 90, 99)]
    [InlineData(1000, 500, 900, 990)]
    public void A_percentile_is_the_least_time_that_so_many_calls_did_not_exceed(int calls, int p50, int p90, int p99)
    {
        var latencies = Latencies.Of(Enumerable.Range(1, calls).Reverse().Select(n => TimeSpan.FromSeconds(n)));

        Assert.Equal(
            new Latencies(Seconds(1), Seconds(p50), Seconds(p90), Seconds(p99), Seconds(calls)),
            latencies);

        static TimeSpan Seconds(int n) => TimeSpan.FromSeconds(n);
    }
}
