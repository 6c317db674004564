using System.Reflection;
using System.Text.RegularExpressions;
using Acomm.DocumentTests.Markdown;

namespace Acomm.DocumentTests;

/// <summary>Every block of every document is run by a test, or stands on the one list of those that are not.</summary>
public sealed partial class CoverageTests
{
    // Text is what programs print, drawings and forms; JSON is read wherever it stands.
    private static readonly string[] NeedNoClaim = ["text", "json"];
    private static readonly string[] Languages = ["csharp", "bash", "yaml", .. NeedNoClaim];

    private static readonly ILookup<string, string> Claims = typeof(CoverageTests).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods())
        .SelectMany(method => method.GetCustomAttributes<BlocksAttribute>().SelectMany(claim => claim.Sections).Select(section => (Section: section, Method: method.Name)))
        .ToLookup(claim => claim.Section, claim => claim.Method);

    private static IEnumerable<Block> Blocks => Page.All.SelectMany(page => page.Blocks);

    [Fact]
    public void Every_block_is_run_or_is_on_the_list_of_those_that_are_not() => None(
        Blocks.Where(block => !NeedNoClaim.Contains(block.Language) && !NotRun.Holds(block) && !Claims.Contains(block.Section))
            .Select(block => $"{block}: nothing runs this block: {block.FirstLine}"));

    [Fact]
    public void A_block_is_run_by_one_test_only() =>
        None(Claims.Where(claim => claim.Count() > 1).Select(claim => $"{claim.Key}: {string.Join(", ", claim)}"));

    [Fact]
    public void Every_claim_and_every_entry_of_the_list_means_a_block_that_is_there() => None([
        .. Claims.Where(claim => !Blocks.Any(block => block.Section == claim.Key)).Select(claim => $"no block is under {claim.Key}"),
        .. NotRun.All.Where(entry => Blocks.Count(block => NotRun.Is(entry, block)) != 1).Select(entry => $"not one block, but none or several: {entry}"),
    ]);

    [Fact]
    public void Every_block_says_its_language() =>
        None(Blocks.Where(block => !Languages.Contains(block.Language)).Select(block => $"{block}: '{block.Language}' is none of {string.Join(", ", Languages)}"));

    // The page of errors is read by its own tests.
    [Fact]
    public void Blocks_are_fenced() => None(Page.All.Where(page => page.Path != "docs/errors.md")
        .SelectMany(page => page.Indented.Select(line => $"{page.Path}:{line.Line}: indented: {line.Text}")));

    [Fact]
    public void What_is_not_run_names_projects_and_scripts_that_are_there() => None(
        from block in Blocks
        where NotRun.Holds(block)
        from path in Paths().Matches(block.Text).Select(match => match.Value)
        where !Path.Exists(Repository.At(path))
        select $"{block}: there is no {path}");

    private static void None(IEnumerable<string> problems)
    {
        var all = string.Join('\n', problems);
        Assert.True(all.Length == 0, all);
    }

    [GeneratedRegex(@"(?<=^|\s)(\.\./)*(src|tests|samples|tools|bench|fuzz|\.ci)/[\w./-]+", RegexOptions.Multiline)]
    private static partial Regex Paths();
}
