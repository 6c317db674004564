using Acomm.Domain;
using Acomm.Effects;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Acomm.AdapterTests.EndToEnd;

public sealed class RestartTests
{
    [Fact]
    public async Task A_node_that_was_stopped_can_be_started_again_streams_included()
    {
        await using var node = await TestNode.StartAsync(TestTasks.Give(() => StreamSource.From(new MemoryStream([1, 2, 3]))));
        var service = node.Services.GetServices<IHostedService>().OfType<IHostedLifecycleService>().Single(s => s.GetType().Name.StartsWith("Acomm", StringComparison.Ordinal));
        await service.StoppingAsync(default).Within();
        Assert.Empty(node.Files);
        Assert.IsType<AcommError.ShuttingDown>(await AskAsync(node).Error());

        await service.StartingAsync(default).Within();

        var reply = await AskAsync(node).Ok();
        var read = new MemoryStream();
        await reply.Stream.IfNone(() => throw new InvalidOperationException("no stream")).CopyToAsync(read).Ok();
        Assert.Equal([1, 2, 3], read.ToArray());
    }

    [Fact]
    [Trait("Go", "defect")]
    public async Task Stream_sockets_that_a_killed_predecessor_left_are_removed_and_those_of_others_are_not()
    {
        await using var node = await TestNode.StartAsync(TestTasks.Give(() => StreamSource.From(new MemoryStream())));
        var stream = (await AskAsync(node).Ok()).Stream.Map(s => s.Address.Path).IfNone("");
        var service = node.Services.GetServices<IHostedService>().OfType<IHostedLifecycleService>().Single(s => s.GetType().Name.StartsWith("Acomm", StringComparison.Ordinal));
        await service.StoppingAsync(default).Within();
        DeadSocket.Leave(stream);
        DeadSocket.Leave(node.At("other-0123456789abcdef.acomm"));

        await service.StartingAsync(default).Within();

        Assert.Equal([node.SocketPath, node.At("other-0123456789abcdef.acomm")], node.Files.Order());
    }

    private static Task<LanguageExt.Either<AcommError, Reply<string>>> AskAsync(TestNode node) =>
        node.Acomm.RequestAsync<string, string>(node.Unix, "give", "", CallOptions.None);
}
