using Acomm.DocumentTests.Markdown;

namespace Acomm.DocumentTests;

/// <summary>Links between documents, and to files, lead somewhere.</summary>
public sealed class LinkTests
{
    [Fact]
    public void Every_link_within_the_repository_leads_to_a_file_and_every_anchor_to_a_heading()
    {
        var broken = string.Join('\n', Page.All.SelectMany(page => page.Links
            .Where(link => !link.Target.Contains("://", StringComparison.Ordinal) && !IsThere(page, link.Target))
            .Select(link => $"{page.Path}:{link.Line}: {link.Target}")));
        Assert.True(broken.Length == 0, broken);
    }

    [Fact]
    public void Every_document_of_the_library_can_be_reached_from_the_README()
    {
        var reached = new HashSet<string> { "README.md" };
        for (var grown = true; grown;)
            grown = Page.All.Where(page => reached.Contains(page.Path)).ToList()
                .SelectMany(page => page.Links.Select(link => Target(page, link.Target).File)).Count(reached.Add) > 0;
        Assert.Empty(Page.All.Select(page => page.Path).Except(reached));
    }

    private static bool IsThere(Page page, string link)
    {
        var (file, anchor) = Target(page, link);
        return Path.Exists(Repository.At(file))
            && (anchor.Length == 0 || Page.All.Any(other => other.Path == file && other.Anchors.Contains(anchor)));
    }

    private static (string File, string Anchor) Target(Page page, string link)
    {
        var parts = link.Split('#', 2);
        var file = parts[0].Length == 0 ? page.Path : Path.GetRelativePath(Repository.Root, Path.Combine(Path.GetDirectoryName(Repository.At(page.Path))!, parts[0]));
        return (file, parts.ElementAtOrDefault(1) ?? "");
    }
}
