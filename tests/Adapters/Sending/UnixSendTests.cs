using System.Net.Sockets;
using Acomm.Domain;
using Acomm.Effects;

namespace Acomm.AdapterTests.Sending;

public sealed class UnixSendTests : IDisposable
{
    private readonly TempDirectory directory = new();

    private string SocketPath => directory.At("peer.sock");

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Where_there_is_no_socket_nothing_is_sent_and_the_call_ends_at_once()
    {
        await using var node = await TestNode.StartAsync();

        var error = await CallAsync(node).Error();

        Assert.IsType<AcommError.PeerUnreachable>(error);
        Assert.Equal(Delivery.NotSent, error.Delivery);
        Assert.Equal(0, node.Acomm.Outstanding);
    }

    [Fact]
    public async Task A_socket_file_whose_owner_is_dead_is_unreachable()
    {
        DeadSocket.Leave(SocketPath);
        await using var node = await TestNode.StartAsync();

        var error = await CallAsync(node).Error();

        Assert.IsType<AcommError.PeerUnreachable>(error);
        Assert.Equal(Delivery.NotSent, error.Delivery);
        Assert.True(File.Exists(SocketPath));
    }

    [Fact]
    public async Task A_file_that_is_no_socket_is_unreachable()
    {
        await File.WriteAllTextAsync(SocketPath, "");
        await using var node = await TestNode.StartAsync();

        Assert.IsType<AcommError.PeerUnreachable>(await CallAsync(node).Error());
    }

    [Fact]
    public async Task A_peer_whose_queue_stays_full_is_overloaded_and_nothing_was_sent()
    {
        using var busy = Bound();
        busy.Listen(0);
        using var waiting = await GoWire.DialAsync(SocketPath);
        await using var node = await TestNode.StartAsync();

        var error = await CallAsync(node).Error();

        Assert.IsType<AcommError.PeerOverloaded>(error);
        Assert.Equal(Delivery.NotSent, error.Delivery);
        Assert.Equal(1, node.Tally.Rejected);
    }

    [Theory]
    [InlineData("with a space.sock")]
    [InlineData("größe 大きさ.sock")]
    [InlineData("50%25.sock")]
    [InlineData("what?#.sock")]
    [Trait("Go", "defect")]
    public async Task A_path_with_any_characters_can_be_dialled(string name)
    {
        await using var server = await TestNode.StartAsync(TestTasks.Echo, options => options.SocketPath = directory.At(name));
        await using var caller = await TestNode.StartAsync();
        var address = Address.Unix(directory.At(name)).Ok();

        var raw = await caller.Acomm.CallAsync(address, TaskName.Parse("echo").Ok(), RawJson.Parse("1").Ok(), CallOptions.None).Ok();
        var text = await caller.Acomm.CallAsync<int, int>(address.ToString(), "echo", 2).Ok();

        Assert.Equal("1", raw.Result.ToString());
        Assert.Equal(2, text);
    }

    [Theory]
    [InlineData("with a space.sock")]
    [InlineData("größe.sock")]
    public async Task A_hook_with_any_characters_is_answered(string name)
    {
        await using var server = await TestNode.StartAsync(TestTasks.Echo);
        await using var caller = await TestNode.StartAsync(options: options => options.SocketPath = directory.At(name));

        Assert.Equal(7, await caller.Acomm.CallAsync<int, int>(server.Unix, "echo", 7).Ok());
    }

    [Fact]
    public async Task An_answer_is_tried_again_when_its_hook_is_away_for_a_moment()
    {
        var gate = new Gate();
        await using var server = await TestNode.StartAsync(gate.AddTo);
        await GoWire.SendAsync(server.SocketPath, GoWire.MistifyRequest("1", "wait", $"unix://{SocketPath}"));
        await gate.Entered;
        using var hook = Bound();
        gate.Release();

        // Bound but not listening yet, it refuses; the first attempt may come before or after it listens.
        hook.Listen(1);
        using var connection = await hook.AcceptAsync().Within();
        await using var stream = new NetworkStream(connection);

        Assert.Equal("released", (string?)(await GoWire.ReadAsync(stream))["result"]);
    }

    [Fact]
    public async Task An_answer_that_cannot_be_brought_to_its_hook_is_an_event()
    {
        await using var server = await TestNode.StartAsync(TestTasks.Echo);

        await GoWire.SendAsync(server.SocketPath, GoWire.MistifyRequest("lost", "echo", $"unix://{SocketPath}"));

        var lost = await server.Events.First<NodeEvent.AnswerLost>();
        Assert.Equal("lost", lost.Id.Value);
        Assert.IsType<AcommError.PeerUnreachable>(lost.Error);
    }

    private Task<LanguageExt.Either<AcommError, string>> CallAsync(TestNode node) =>
        node.Acomm.CallAsync<string, string>($"unix://{SocketPath}", "greet", "");

    private Socket Bound()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(SocketPath));
        return socket;
    }
}
