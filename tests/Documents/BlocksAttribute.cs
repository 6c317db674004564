using System.Reflection;
using Acomm.DocumentTests.Markdown;
using Xunit.Sdk;

namespace Acomm.DocumentTests;

/// <summary>
/// Claims the blocks under a heading of a document, without those under headings below it, and gives them to the test: so what is claimed is what the
/// test has in hand. JSON and text that is shown need no claim of their own.
/// </summary>
/// <param name="section">The document and the anchor of the heading: <c>docs/errors.md#as-exceptions</c>.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BlocksAttribute(string section) : DataAttribute
{
    public string Section => section;

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) =>
        [[Page.All.SelectMany(page => page.Blocks).Where(block => block.Section == section && !NotRun.Holds(block)).ToArray()]];
}
