using Acomm.Domain;
using Acomm.Effects;
using LanguageExt;
using Xunit;

namespace Acomm.Properties.Running;

public sealed class OrThrowTests
{
    private static readonly AcommError Error = new AcommError.TaskFailed("no paper");

    [Fact]
    public async Task A_value_is_taken_out()
    {
        Assert.Equal(7, Prelude.Right<AcommError, int>(7).OrThrow());
        Assert.Equal(7, await Task.FromResult(Prelude.Right<AcommError, int>(7)).OrThrowAsync());
    }

    [Fact]
    public async Task An_error_is_thrown_with_its_name_and_message()
    {
        var thrown = Assert.Throws<AcommException>(() => Prelude.Left<AcommError, int>(Error).OrThrow());
        var later = await Assert.ThrowsAsync<AcommException>(() => Task.FromResult(Prelude.Left<AcommError, int>(Error)).OrThrowAsync());

        Assert.All([thrown, later], e => Assert.Equal((Error, "TaskFailed: no paper"), (e.Error, e.Message)));
    }
}
