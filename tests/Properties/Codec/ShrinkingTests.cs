using Acomm.Domain;
using Acomm.Properties.Generators;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Acomm.Properties.Codec;

/// <summary>A message that fails is shown as a plain one: every step of shrinking is another one, and the steps come to an end.</summary>
public sealed class ShrinkingTests
{
    [Fact]
    public void Shrinking_goes_from_any_message_to_a_plain_one()
    {
        Assert.All(Ends(Messages.Requests()), request =>
        {
            Assert.Equal((true, true), (request.ResponseHook.IsNone, request.Args.IsNull));
            Assert.Equal((1, 1), (Length(request.Id.Value), Length(request.Task.Value)));
        });
        Assert.All(Ends(Messages.Responses()), response => Assert.Equal((true, 1), (response.StreamUrl.IsNone, Length(response.Id.Value))));
        Assert.All(Ends(Messages.Acknowledgements()).OfType<Acknowledgement.Refused>(), no => Assert.Equal((1, true), (Length(no.Text), no.Code.IsNone)));
        Assert.All(Ends(Messages.Damage()), damaged => Assert.Empty(damaged.Bytes));
        Assert.Single(Ends(Messages.Json()).Distinct());
        Assert.Single(Ends(Messages.Addresses()).Distinct());
    }

    private static int Length(string text) => text.EnumerateRunes().Count();

    private static IEnumerable<T> Ends<T>(Arbitrary<T> any) =>
        any.Generator.Sample(50, new Rnd(50), 50).Select(value =>
        {
            while (any.Shrinker(value).Take(1).ToList() is [var plainer])
            {
                Assert.NotEqual(value, plainer);
                value = plainer;
            }

            return value;
        }).ToList();
}
