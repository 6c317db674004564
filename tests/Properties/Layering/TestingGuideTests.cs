using System.Reflection;
using System.Text.RegularExpressions;
using Xunit;

namespace Acomm.Properties.Layering;

/// <summary>What docs/testing.md says of the tests is so, and each invariant has tests that bear its number.</summary>
public partial class TestingGuideTests
{
    private static readonly string Guide = File.ReadAllText(Repository.At("docs/testing.md"));

    private static readonly Dictionary<string, string> Sources = Directory
        .EnumerateFiles(Repository.At("tests"), "*.cs", SearchOption.AllDirectories)
        .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
        .GroupBy(path => Path.GetFileNameWithoutExtension(path))
        .ToDictionary(files => files.Key, files => string.Concat(files.Select(File.ReadAllText)));

    public static TheoryData<int> Invariants => [.. Enumerable.Range(1, 23)];

    [Theory]
    [MemberData(nameof(Invariants))]
    public void An_invariant_has_a_test_with_its_number_and_a_row_in_the_guide(int number)
    {
        Assert.Contains(
            typeof(TestingGuideTests).Assembly.GetTypes().SelectMany(t => t.GetMethods()),
            m => m.Name.StartsWith($"Invariant_{number:00}_", StringComparison.Ordinal) && m.GetCustomAttributes<FactAttribute>().Any());
        Assert.Contains($"\n| {number} | ", Guide, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_test_class_and_test_in_the_guide_exists()
    {
        var named = Names().Matches(Guide).Select(m => (Class: m.Groups["class"].Value, Test: m.Groups["test"].Value)).ToList();
        Assert.True(named.Count > 23, "the guide names no tests");
        Assert.All(named, name =>
        {
            Assert.True(Sources.TryGetValue(name.Class, out var source), $"there is no {name.Class}.cs");
            Assert.True(name.Test.Length == 0 || source!.Contains($" {name.Test}(", StringComparison.Ordinal), $"{name.Class} has no {name.Test}");
        });
    }

    // In backticks: SomethingTests, SomethingInvariants, or one of them with a test behind a point.
    [GeneratedRegex(@"`(?<class>\w+(Tests|Invariants))(\.(?<test>\w+))?`")]
    private static partial Regex Names();
}
