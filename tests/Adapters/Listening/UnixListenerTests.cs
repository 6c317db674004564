using Acomm.Adapters;

namespace Acomm.AdapterTests.Listening;

public sealed class UnixListenerTests : IDisposable
{
    private readonly TempDirectory directory = new();

    private string SocketPath => directory.At("the.sock");

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task Connections_come_as_a_sequence_each_with_its_own_bytes()
    {
        await using var listener = await UnixListener.ListenAsync(SocketPath, 8).Ok();
        await using var connections = listener.AcceptAsync().GetAsyncEnumerator();

        for (byte i = 1; i < 4; i++)
        {
            using var client = await GoWire.DialAsync(SocketPath);
            Assert.True(await connections.MoveNextAsync().Within());
            await client.SendAsync(new[] { i });
            var got = new byte[1];
            await connections.Current.Stream.ReadExactlyAsync(got).AsTask().Within();
            Assert.Equal(i, got[0]);
            await connections.Current.DisposeAsync();
        }
    }

    [Fact]
    public async Task No_more_connections_than_the_limit_are_taken_until_one_is_done()
    {
        await using var listener = await UnixListener.ListenAsync(SocketPath, 2).Ok();
        await using var connections = listener.AcceptAsync().GetAsyncEnumerator();
        using var one = await GoWire.DialAsync(SocketPath);
        using var two = await GoWire.DialAsync(SocketPath);
        using var three = await GoWire.DialAsync(SocketPath);
        await connections.MoveNextAsync().Within();
        var first = connections.Current;
        await connections.MoveNextAsync().Within();
        Assert.Equal(2, listener.OpenConnections);

        var next = connections.MoveNextAsync();
        Assert.False(next.IsCompleted);
        await first.DisposeAsync();

        Assert.True(await next.Within());
        Assert.Equal(2, listener.OpenConnections);
    }

    [Fact]
    public async Task Disposing_a_connection_twice_frees_its_place_once()
    {
        await using var listener = await UnixListener.ListenAsync(SocketPath, 2).Ok();
        await using var connections = listener.AcceptAsync().GetAsyncEnumerator();
        using var client = await GoWire.DialAsync(SocketPath);
        await connections.MoveNextAsync().Within();

        await connections.Current.DisposeAsync();
        await connections.Current.DisposeAsync();

        Assert.Equal(0, listener.OpenConnections);
    }

    [Fact]
    public async Task A_stop_ends_the_sequence_removes_the_file_and_waits_for_open_connections()
    {
        await using var listener = await UnixListener.ListenAsync(SocketPath, 8).Ok();
        await using var connections = listener.AcceptAsync().GetAsyncEnumerator();
        using var client = await GoWire.DialAsync(SocketPath);
        await connections.MoveNextAsync().Within();
        var open = connections.Current;
        var next = connections.MoveNextAsync();

        var stopped = listener.StopAsync();
        Assert.False(await next.Within());
        Assert.False(File.Exists(SocketPath));
        Assert.False(stopped.IsCompleted);
        await open.DisposeAsync();

        await stopped.Within();
    }

    [Fact]
    public async Task A_stop_that_is_given_up_leaves_the_listener_stopped_and_can_be_waited_for_again()
    {
        await using var listener = await UnixListener.ListenAsync(SocketPath, 8).Ok();
        await using var connections = listener.AcceptAsync().GetAsyncEnumerator();
        using var client = await GoWire.DialAsync(SocketPath);
        await connections.MoveNextAsync().Within();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => listener.StopAsync(new CancellationToken(true)));
        Assert.Equal(1, listener.OpenConnections);
        await connections.Current.DisposeAsync();

        await listener.StopAsync().Within();
    }

    [Fact]
    [Trait("Go", "defect")]
    public async Task Stops_at_the_same_time_all_end_when_the_connections_do()
    {
        await using var listener = await UnixListener.ListenAsync(SocketPath, 4).Ok();
        await using var connections = listener.AcceptAsync().GetAsyncEnumerator();
        using var one = await GoWire.DialAsync(SocketPath);
        using var two = await GoWire.DialAsync(SocketPath);
        await connections.MoveNextAsync().Within();
        var first = connections.Current;
        await connections.MoveNextAsync().Within();

        var stops = Task.WhenAll(listener.StopAsync(), listener.StopAsync(), listener.StopAsync());
        await first.DisposeAsync();
        await connections.Current.DisposeAsync();

        await stops.Within();
    }

    [Fact]
    [Trait("Go", "defect")]
    public async Task Queued_connections_do_not_hold_the_stop_up()
    {
        await using var listener = await UnixListener.ListenAsync(SocketPath, 4).Ok();
        using var queued = await GoWire.DialAsync(SocketPath);

        await listener.StopAsync().Within();

        Assert.False(File.Exists(SocketPath));
    }

    [Fact]
    public async Task The_file_of_a_successor_is_not_removed_by_a_second_stop()
    {
        await using var first = await UnixListener.ListenAsync(SocketPath, 4).Ok();
        await first.StopAsync().Within();
        await using var second = await UnixListener.ListenAsync(SocketPath, 4).Ok();

        await first.StopAsync().Within();
        await first.DisposeAsync();

        Assert.True(File.Exists(SocketPath));
    }

    [Theory]
    [InlineData("another socket")]
    [InlineData("a file")]
    [InlineData("nothing")]
    public async Task A_stop_removes_the_file_that_was_bound_and_nothing_that_took_its_place(string what)
    {
        await using var listener = await UnixListener.ListenAsync(SocketPath, 4).Ok();
        File.Delete(SocketPath);
        if (what == "another socket")
            DeadSocket.Leave(SocketPath);
        if (what == "a file")
            await File.WriteAllTextAsync(SocketPath, "precious");

        await listener.StopAsync().Within();

        Assert.Equal(what != "nothing", File.Exists(SocketPath));
    }
}
