using System.Reflection;
using Acomm.DocumentTests.Markdown;
using Xunit.Sdk;

namespace Acomm.DocumentTests;

/// <summary>
/// Claims the blocks under headings of a document, without those under headings below them, and gives them to the test in
/// their order: so what is claimed is what the test has in hand. JSON and text that is shown need no claim of their own.
/// </summary>
/// <param name="sections">The document and the anchor of each heading: <c>docs/errors.md#as-exceptions</c>.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BlocksAttribute(params string[] sections) : DataAttribute
{
    public IReadOnlyList<string> Sections => sections;

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        [[Page.All.SelectMany(page => page.Blocks).Where(block => sections.Contains(block.Section) && !NotRun.Holds(block)).ToArray()]];
}
