using Acomm.DocumentTests.Markdown;

namespace Acomm.DocumentTests;

/// <summary>The blocks that no test runs: where each stands, how it begins, and why.</summary>
internal static class NotRun
{
    private const string Ci = "takes half a minute, and is a part of .ci/run";
    private const string Minutes = "takes minutes";

    public static readonly IReadOnlyList<(string Document, string FirstLine, string Reason)> All =
    [
        ("README.md", "dotnet run --project samples/Quickstart", Ci),
        ("README.md", "dotnet test Acomm.sln", "these tests are in it"),
        ("README.md", "dotnet pack Acomm.sln", "packs and installs: tests/Documents/walk-tutorial does both"),
        ("docs/cli.md", "dotnet pack Acomm.sln", "the same"),
        ("docs/tutorial.md", "dotnet pack Acomm.sln", "the same"),
        ("docs/testing.md", "dotnet test tests/Properties                                   # the two lower rooms: no socket, no sleep, no real clock", "the tests themselves"),
        ("docs/testing.md", "ACOMM_SEED='(17354286410069498204,8398056958555734035,46)' dotnet test tests/Properties --filter NAME_OF_THE_TEST", "stands for any test"),
        ("docs/testing.md", "dotnet run -c Release --project tests/Simulate -- --seeds 100000 --from 1", Minutes),
        ("docs/testing.md", "dotnet run --project tests/Simulate -- --seed 4242", Minutes),
        ("docs/testing.md", "dotnet run -c Release --project tests/Soak -- --minutes 10 [--seed N]", Minutes),
        ("docs/machines.md", "services:", "needs Docker"),
        ("CONTRIBUTING.md", "dotnet test Acomm.sln", "these tests are in it"),
        ("CONTRIBUTING.md", ".ci/run", "these tests are in it"),
        ("CONTRIBUTING.md", "dotnet tool restore", "takes an hour, and is a part of .ci/run"),
        ("CONTRIBUTING.md", "tests/Documents/walk-tutorial", "runs these tests"),
        ("fuzz/README.md", "fuzz/run TARGET SECONDS", "needs AFL++"),
        ("fuzz/README.md", "dotnet run --project fuzz/Runner -- TARGET FILE...", "stands for any target and file"),
    ];

    public static bool Holds(Block block) => All.Any(entry => Is(entry, block));

    public static bool Is((string Document, string FirstLine, string Reason) entry, Block block) =>
        (entry.Document, entry.FirstLine) == (block.Document, block.FirstLine);
}
