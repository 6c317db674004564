using Acomm.Domain;
using Xunit;

namespace Acomm.Properties.Codec;

/// <summary>Ids and names of tasks: what a document may carry, and what may be served.</summary>
public sealed class NamesTests
{
    [Fact]
    public void An_id_has_1_to_128_characters()
    {
        var longest = new string('x', 128);
        Assert.Equal(longest, RequestId.Parse(longest).Right().Value);
        Assert.Equal("x", RequestId.Parse("x").Right().Value);
        Assert.Equal(new AcommError.ValueInvalid("id", "has 129 characters, the limit is 128"), RequestId.Parse(longest + "x").Left());
        Assert.Equal(new AcommError.ValueInvalid("id", "is missing or empty"), RequestId.Parse("").Left());
    }

    // A character outside of the basic plane counts as two.
    [Fact]
    public void Characters_of_an_id_are_counted_as_utf16_units()
    {
        Assert.True(RequestId.Parse(string.Concat(Enumerable.Repeat("😀", 64))).IsRight);
        Assert.True(RequestId.Parse(string.Concat(Enumerable.Repeat("😀", 64)) + "x").IsLeft);
    }

    [Fact]
    public void Unpaired_surrogates_are_in_no_id_and_no_name()
    {
        foreach (var text in new[] { "\ud800", "a\udc00", "\udc00\ud800", "\ud800\ud800\udc00", "😀\ud83d", "\ud83dx" })
        {
            Assert.Equal(new AcommError.ValueInvalid("id", "has an unpaired surrogate"), RequestId.Parse(text).Left());
            Assert.Equal(new AcommError.ValueInvalid("task", "has an unpaired surrogate"), TaskName.Parse(text).Left());
        }
    }

    [Prop]
    public void Ids_and_names_are_equal_where_their_text_is(RequestId id, TaskName task)
    {
        Assert.Equal(id, RequestId.Parse(id.Value).Right());
        Assert.Equal(task, TaskName.Parse(task.Value).Right());
        Assert.NotEqual(id, RequestId.Parse(id.Value + "x", 200).Right());
        Assert.Equal(Shown.Text(id.Value), id.ToString());
        Assert.Equal(Shown.Text(task.Value), task.ToString());
    }

    [Fact]
    public void Ids_are_compared_to_the_letter() => Assert.NotEqual(RequestId.Parse("a").Right(), RequestId.Parse("A").Right());

    [Fact]
    public void An_id_that_was_never_parsed_is_empty_text()
    {
        Assert.Equal("", default(RequestId).Value);
        Assert.Equal("", default(TaskName).Value);
    }

    // A document may carry any name, since it is looked up and never used as a path.
    [Theory]
    [InlineData("../etc/passwd")]
    [InlineData("a b\nc")]
    [InlineData("漢")]
    public void A_document_may_carry_any_name_of_a_task(string text) => Assert.Equal(text, TaskName.Parse(text).Right().Value);

    [Fact]
    public void No_name_is_refused() => Assert.Equal(new AcommError.ValueInvalid("task", "is missing or empty"), TaskName.Parse("").Left());

    [Theory]
    [InlineData("a")]
    [InlineData("0")]
    [InlineData("zfs-list")]
    [InlineData("A.b_c-9")]
    public void A_task_that_is_served_has_a_plain_name(string text) => Assert.Equal(TaskName.Parse(text), TaskName.ParseServed(text));

    [Theory]
    [InlineData("")]
    [InlineData(".a")]
    [InlineData("-a")]
    [InlineData("_a")]
    [InlineData("a/b")]
    [InlineData("a b")]
    [InlineData("é")]
    [InlineData("a\n")]
    public void Another_name_is_not_served(string text) => Assert.Equal(
        new AcommError.ValueInvalid("task", $"'{Shown.Text(text)}' is no plain name ([A-Za-z0-9][A-Za-z0-9._-]{{0,127}})"),
        TaskName.ParseServed(text).Left());

    [Fact]
    public void A_served_name_has_at_most_128_characters()
    {
        Assert.True(TaskName.ParseServed(new string('a', 128)).IsRight);
        Assert.True(TaskName.ParseServed(new string('a', 129)).IsLeft);
    }
}
