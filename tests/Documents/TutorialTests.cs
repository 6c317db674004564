using System.Text.RegularExpressions;
using Acomm.DocumentTests.Markdown;
using Acomm.DocumentTests.Support;

namespace Acomm.DocumentTests;

/// <summary>
/// docs/tutorial.md, from its first command to its last: files are written where it says so, commands run in order, and what they print
/// is compared. Programs are compiled here in the place of <c>dotnet new</c>, <c>add</c> and <c>run</c>; with ACOMM_WALK set,
/// as tests/Documents/walk-tutorial does, all of it is done as a reader does it, from the packages in artifacts.
/// </summary>
public sealed partial class TutorialTests
{
    private static readonly bool ForReal = Environment.GetEnvironmentVariable("ACOMM_WALK") is { Length: > 0 };

    [Theory]
    [Blocks(
        "docs/tutorial.md#packages", "docs/tutorial.md#a-worker", "docs/tutorial.md#a-caller",
        "docs/tutorial.md#a-stream-an-error-a-timeout", "docs/tutorial.md#another-machine")]
    public async Task Every_step_does_what_it_says(Block[] blocks)
    {
        await using var reader = new Reader(buildsProjects: ForReal);
        Assert.Contains(blocks, block => block.Language == "text");
        RunningProgram? running = null;
        var printed = "";
        foreach (var block in blocks)
        {
            if (block.Language == "csharp")
            {
                await WriteAsync(reader, block);
            }
            else if (block.Info == "bash background")
            {
                // Ctrl-C, as it says there.
                if (running is not null)
                    await running.DisposeAsync();
                running = Shell(reader, block);
                printed = "";
            }
            else if (block.Language == "bash")
            {
                printed = await Shell(reader, block).EndAsync();
            }
            else if (printed.Length == 0)
            {
                foreach (var line in block.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                    await running!.UntilAsync(line);
            }
            else
            {
                // Without what the SDK itself says before the program begins.
                Assert.Equal(block.Text, BeforeTheProgram().Replace(printed, ""));
            }
        }
    }

    [Theory]
    [InlineData("Worker")]
    [InlineData("Caller")]
    [InlineData("Far")]
    public void The_sample_is_what_the_tutorial_ends_with(string project)
    {
        var shown = Page.All.Single(page => page.Path == "docs/tutorial.md").Blocks.Last(block => block.Language == "csharp" && ProjectOf(block) == project);
        Assert.Equal(shown.Text, Repository.Read($"samples/Tutorial/{project}/Program.cs"));
    }

    private static RunningProgram Shell(Reader reader, Block block)
    {
        // What one block exports the next one has, as in one terminal.
        var environment = reader.At("environment");
        var artifacts = Repository.At("artifacts");
        var text = block.Text.Replace("~/acomm/artifacts", artifacts, StringComparison.Ordinal);
        var own = ForReal ? $"export NUGET_PACKAGES='{reader.At("packages")}'" : "";
        return reader.StartShell(block, $"""
            [ ! -e '{environment}' ] || . '{environment}'
            {own}
            {text}
            export -p > '{environment}'
            """);
    }

    private static Task WriteAsync(Reader reader, Block block)
    {
        var project = ProjectOf(block);
        if (ForReal)
            return reader.WriteAsync(block, $"{project}/Program.cs");
        reader.WriteProject(block, project == "Caller" ? Sdk.Console : Sdk.Web, project);
        return Task.CompletedTask;
    }

    // `Worker/Program.cs`:
    private static string ProjectOf(Block block)
    {
        var parts = block.Before.Split('`');
        Assert.True(parts.Length >= 3 && parts[^2].EndsWith("/Program.cs", StringComparison.Ordinal), $"{block}: no file is named before it");
        return parts[^2].Split('/')[0];
    }

    [GeneratedRegex("\\A((Using launch settings from .*|Building\\.\\.\\.)\n)*")]
    private static partial Regex BeforeTheProgram();
}
