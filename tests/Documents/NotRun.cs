using Acomm.DocumentTests.Markdown;

namespace Acomm.DocumentTests;

/// <summary>The blocks that no test runs: where each stands, how it begins, and why.</summary>
internal static class NotRun
{
    public static readonly IReadOnlyList<(string Document, string FirstLine, string Reason)> All =
    [
        ("README.md", "dotnet run --project samples/Quickstart", ".ci/run does: it builds, and takes half a minute"),
    ];

    public static bool Holds(Block block) => All.Any(entry => Is(entry, block));

    public static bool Is((string Document, string FirstLine, string Reason) entry, Block block) =>
        (entry.Document, entry.FirstLine) == (block.Document, block.FirstLine);
}
