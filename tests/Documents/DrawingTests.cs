using System.Xml.Linq;
using Acomm.Domain;

namespace Acomm.DocumentTests;

/// <summary>The drawings name the states that there are.</summary>
public sealed class DrawingTests
{
    [Theory]
    [InlineData("phase", typeof(TrackerPhase))]
    [InlineData("completion", typeof(Completion))]
    [InlineData("drop", typeof(DropReason))]
    public void The_drawing_of_the_tracker_has_every_state_and_no_other(string kind, Type states)
    {
        var named = states.IsEnum ? Enum.GetNames(states) : states.GetNestedTypes().Select(type => type.Name);
        Assert.Equal(named.Order(StringComparer.Ordinal), Texts("docs/tracker.svg", kind).Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Texts(string drawing, string kind) => XDocument.Load(Repository.At(drawing)).Descendants()
        .Where(element => element.Name.LocalName == "text" && (string?)element.Attribute("class") == kind)
        .Select(element => element.Value);
}
