using Acomm.DocumentTests.Markdown;
using Acomm.DocumentTests.Support;

namespace Acomm.DocumentTests;

/// <summary>docs/cli.md and the README of the tool: each example as it stands there.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [Blocks("docs/cli.md#acomm-call")]
    public async Task Examples_of_call(Block[] blocks)
    {
        var example = Only(blocks);
        await using var reader = new Reader();
        await reader.StartNodeAsync(example, "--socket /tmp/acomm/worker.sock --http http://127.0.0.1:8080");
        await File.WriteAllTextAsync(reader.At("big.iso"), "abc");

        var printed = (await reader.ShellAsync(example)).Split('\n');

        Assert.Equal("""{"name":"Ada","count":3}""", printed[0]);
        Assert.Contains("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", printed[1], StringComparison.Ordinal);
        Assert.Equal(1_000_000, new FileInfo(reader.At("blob.bin")).Length);
    }

    [Theory]
    [Blocks("docs/cli.md#acomm-serve")]
    public async Task Examples_of_serve(Block[] blocks)
    {
        var example = Only(blocks);
        await using var reader = new Reader();
        foreach (var line in example.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            await reader.StartShell(example, $"exec {line}").UntilAsync("ready");

        Assert.Equal("\"HELLO\"\n", await reader.ShellAsync(example, "printf hello | acomm call --quiet unix:///tmp/acomm/upper.sock upper --stream -"));
        Assert.Equal("6\n", await reader.ShellAsync(example, "acomm call unix:///tmp/acomm/sum.sock sum -a numbers=[1,2,3]"));
    }

    [Theory]
    [Blocks("docs/cli.md#acomm-listen")]
    public async Task Examples_of_listen(Block[] blocks)
    {
        var example = Only(blocks);
        await using var reader = new Reader();
        var lines = example.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var look = reader.StartShell(example, lines[0].Replace("jq", "jq --unbuffered -c", StringComparison.Ordinal));
        var answering = reader.StartShell(example, $"exec {lines[1]} 2>&1");
        await answering.UntilAsync("ready");

        Assert.Equal("{\"ok\":true}\n", await reader.ShellAsync(example, "acomm call http://127.0.0.1:8080 any"));

        // Taken, and never answered.
        reader.StartShell(example, """
            until [ -S /tmp/acomm/look.sock ]; do sleep 0.1; done
            exec acomm call unix:///tmp/acomm/look.sock any -a a=1
            """);
        await look.UntilAsync("""{"a":1}""");
    }

    [Theory]
    [Blocks("docs/cli.md#acomm-ping")]
    public async Task Examples_of_ping(Block[] blocks)
    {
        var example = Only(blocks);
        await using var reader = new Reader();
        await reader.StartNodeAsync(example, "--socket /tmp/acomm/worker.sock --http http://127.0.0.1:8080");

        Assert.Contains("10000", (await reader.ShellAsync(example)).Replace(",", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [Blocks("docs/cli.md#acomm-top")]
    public async Task Examples_of_top(Block[] blocks)
    {
        var example = Only(blocks);
        await using var reader = new Reader();
        await reader.StartNodeAsync(example, "--socket /tmp/acomm/worker.sock --http http://127.0.0.1:8080 --status");
        var lines = example.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        await reader.StartShell(example, $"exec {lines[0]}").UntilAsync("running");
        Assert.Contains("open 0, oldest -", await reader.ShellAsync(example, lines[1]), StringComparison.Ordinal);
        await reader.StartShell(example, lines[2].Replace("jq", "jq --unbuffered", StringComparison.Ordinal)).UntilAsync("0");
    }

    [Theory]
    [Blocks("docs/cli.md#acomm-completion")]
    public async Task The_example_of_completion(Block[] blocks)
    {
        var example = Only(blocks);
        await using var reader = new Reader();

        Assert.Contains("acomm", await reader.ShellAsync(example, $"{example.Text}complete -p acomm"), StringComparison.Ordinal);
    }

    private static Block Only(Block[] blocks) => Assert.Single(blocks, block => block.Language == "bash");
}
