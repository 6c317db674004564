using System.Text.RegularExpressions;
using Acomm.Domain;
using Xunit;

namespace Acomm.Properties.Codec;

/// <summary>docs/errors.md has a section for each error, and what it says there is so.</summary>
public sealed class ErrorsPageTests
{
    // What stands in a message for the parts of a sample.
    private const string Part = @"first is bad; second is bad|sample|4711|815|00:00:02\.5000000|2\.5|http://h/p|user 1001 \(process 1003\)";

    private static readonly string Page = File.ReadAllText(Repository.At("docs/errors.md"));

    public static TheoryData<Type> Cases => [.. ErrorSamples.Cases];

    [Fact]
    public void Every_error_has_a_section_and_every_section_an_error() => Assert.Equal(
        ErrorSamples.Cases.Select(c => c.Name).Order(StringComparer.Ordinal),
        Regex.Matches(Page, "(?m)^### (.*)$").Select(heading => heading.Groups[1].Value).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_section_shows_what_such_an_error_says(Type type)
    {
        var said = string.Join(".+", Regex.Split(ErrorSamples.Make(type, "sample").ToString(), Part).Select(Regex.Escape));
        Assert.Matches($"(?m)^    {said}$", SectionOf(type));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_section_says_what_is_known_of_the_message(Type type)
    {
        var said = Regex.Match(SectionOf(type), "(?m)^Delivery: [^.]*").Value;
        Assert.Equal(Possible(type), Enum.GetValues<Delivery>().Where(d => said.Contains($"`{d}`", StringComparison.Ordinal)));
    }

    // Of a case that says so itself, the samples show each that it is used with.
    private static IEnumerable<Delivery> Possible(Type type) =>
        type == typeof(AcommError.HttpStatus) ? [Delivery.Refused, Delivery.Indeterminate]
        : new[] { Delivery.NotSent, Delivery.Indeterminate }.Select(state => ErrorSamples.Make(type, "sample", state).Delivery).Distinct();

    private static string SectionOf(Type type) => Regex.Match(Page, $@"(?ms)^### {type.Name}$.*?(?=^##|\z)").Value;
}
