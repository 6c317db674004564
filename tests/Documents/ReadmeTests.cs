using Acomm.DocumentTests.Markdown;
using Acomm.DocumentTests.Support;

namespace Acomm.DocumentTests;

/// <summary>README.md, and those of the packages.</summary>
public sealed class ReadmeTests
{
    [Theory]
    [Blocks("README.md#in-code")]
    public async Task Worker_and_caller_print_what_is_said(Block[] blocks)
    {
        var (worker, caller, answered, alone) = (blocks[0], blocks[1], blocks[2], blocks[3]);
        Assert.Equal(4, blocks.Length);
        await using var reader = new Reader();

        Assert.Equal(alone.Text, await reader.RunAsync(caller, Sdk.Console));
        await reader.Start(worker, Sdk.Web).UntilAsync("Application started");
        Assert.Equal(answered.Text, await reader.RunAsync(caller, Sdk.Console));
    }

    [Theory]
    [Blocks("README.md#the-house")]
    public async Task The_sample_node_gets_ready_with_these_arguments(Block[] blocks)
    {
        await using var reader = new Reader();
        var command = Assert.Single(blocks);

        // Built already: the same program without its build.
        await reader.StartShell(command, command.Text.Replace("dotnet run -c Release --project samples/Node --", "exec node", StringComparison.Ordinal)).UntilAsync("ready");
    }

    [Theory]
    [Blocks("src/Acomm.Adapters/README.md#acommadapters")]
    public async Task Worker_and_caller_of_the_package_understand_each_other(Block[] blocks)
    {
        await using var reader = new Reader();
        Assert.Equal(2, blocks.Length);

        await reader.Start(blocks[0], Sdk.Web).UntilAsync("Application started");
        Assert.Contains("TO BE OR NOT TO BE\n", await reader.RunAsync(blocks[1], Sdk.Web), StringComparison.Ordinal);
    }

    [Theory]
    [Blocks("tools/Acomm.Cli/README.md#acomm")]
    public async Task The_examples_of_the_tool(Block[] blocks)
    {
        await using var reader = new Reader();
        Assert.Equal(2, blocks.Length);

        await reader.StartShell(blocks[0], $"exec {blocks[0].Text}").UntilAsync("ready");
        Assert.StartsWith("""{"TEXT":"HELLO"}""", await reader.ShellAsync(blocks[1]), StringComparison.Ordinal);
    }
}
