using System.Text.RegularExpressions;

namespace Acomm.DocumentTests.Markdown;

/// <summary>A document: its blocks, the anchors of its headings, and its links.</summary>
internal sealed partial class Page
{
    /// <summary>All documents of the repository.</summary>
    public static readonly IReadOnlyList<Page> All = [.. Repository.Files("*.md").Select(path => new Page(path))];

    private readonly List<Block> blocks = [];
    private readonly List<string> anchors = [];
    private readonly List<(int Line, string Target)> links = [];
    private readonly List<(int Line, string Text)> indented = [];

    private Page(string path)
    {
        Path = path;
        Read(File.ReadAllLines(Repository.At(path)));
    }

    /// <summary>Its path in the repository.</summary>
    public string Path { get; }

    public IReadOnlyList<Block> Blocks => blocks;

    public IReadOnlyList<string> Anchors => anchors;

    public IReadOnlyList<(int Line, string Target)> Links => links;

    /// <summary>The first lines of blocks that are indented instead of fenced.</summary>
    public IReadOnlyList<(int Line, string Text)> Indented => indented;

    public override string ToString() => Path;

    private void Read(string[] lines)
    {
        var before = "";
        for (var i = 0; i < lines.Length; i++)
        {
            if (Fence().Match(lines[i]) is { Success: true } fence)
            {
                var end = Array.FindIndex(lines, i + 1, line => line.TrimEnd() == fence.Groups["ticks"].Value);
                if (end < 0)
                    throw new InvalidOperationException($"{Path}:{i + 1}: a block that does not end");
                var text = string.Concat(lines[(i + 1)..end].Select(line => line + "\n"));
                blocks.Add(new Block(Path, anchors.LastOrDefault(""), i + 1, fence.Groups["info"].Value.Trim(), before, text));
                i = end;
                continue;
            }

            if (Heading().Match(lines[i]) is { Success: true } heading)
                anchors.Add(Anchor(heading.Groups["text"].Value));
            if (lines[i].StartsWith("    ", StringComparison.Ordinal) && (i == 0 || lines[i - 1].Length == 0))
                indented.Add((i + 1, lines[i].Trim()));
            links.AddRange(Link().Matches(InlineCode().Replace(lines[i], "")).Select(link => (i + 1, link.Groups["target"].Value)));
            if (lines[i].Length > 0)
                before = lines[i];
        }
    }

    /// <summary>The anchor that GitHub gives to a heading; a second one of the same text is not provided for.</summary>
    private static string Anchor(string heading) =>
        NotInAnchors().Replace(Link().Replace(heading, "${text}").ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex("^(?<ticks>```+)(?<info>[^`]*)$")]
    private static partial Regex Fence();

    [GeneratedRegex("^#{1,6} (?<text>.*)$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"!?\[(?<text>[^\]]*)\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("`[^`]*`(?!\\])")]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchors();
}
