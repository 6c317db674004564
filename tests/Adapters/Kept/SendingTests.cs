using System.Net.Sockets;
using System.Text.Json.Nodes;
using Acomm.Domain;
using LanguageExt;
using Microsoft.Extensions.Time.Testing;

namespace Acomm.AdapterTests.Kept;

/// <summary>Sending to a peer that offers to keep the connection; the peer is played by hand, byte for byte.</summary>
public sealed class SendingTests
{
    private readonly TaskCompletionSource go = new();

    [Fact]
    public async Task The_first_document_asks_and_without_an_offer_each_has_its_own_connection()
    {
        await using var peer = new GoUnixPeer();
        await using var node = await TestNode.StartAsync();

        for (var i = 0; i < 3; i++)
            await SendAsync(node, peer, $"{i}").Ok();

        for (var i = 0; i < 3; i++)
            Assert.True((bool?)(await peer.NextAsync())["keepOpen"]);
    }

    [Fact]
    public async Task With_no_document_in_flight_allowed_nothing_is_asked()
    {
        await using var peer = new GoUnixPeer();
        await using var node = await TestNode.WithLimitsAsync(l => l with { ConnectionInFlight = 0 });

        await SendAsync(node, peer, "1").Ok();

        Assert.False((await peer.NextAsync()).ContainsKey("keepOpen"));
    }

    [Fact]
    public async Task After_an_offer_documents_follow_on_the_same_connection_and_are_acknowledged_in_order()
    {
        var all = new TaskCompletionSource<string[]>();
        await using var peer = new GoUnixPeer(async (_, connection) =>
        {
            await connection.WriteAsync(GoWire.Framed(Offer(100)));
            var documents = await ReadAsync(connection, 5);
            await connection.WriteAsync(documents.SelectMany((_, i) => GoWire.Framed(GoWire.Ack(i % 2 == 0 ? "" : $"refused {i}"))).ToArray());
            all.SetResult(documents);
            await go.Task;
        });
        await using var node = await TestNode.StartAsync();
        await SendAsync(node, peer, "first").Ok();

        var sent = Enumerable.Range(0, 5).Select(i => SendAsync(node, peer, $"{i}")).ToArray();

        Assert.Equal(["0", "1", "2", "3", "4"], await all.Task.Within());
        for (var i = 0; i < 5; i++)
            Assert.Equal(i % 2 == 0 ? null : $"refused {i}", ((await sent[i].Within()).Case as AcommError.Rejected)?.Text);
        go.SetResult();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task When_it_breaks_what_was_acknowledged_stands_and_the_rest_is_indeterminate(int acknowledged)
    {
        await using var peer = new GoUnixPeer(async (first, connection) =>
        {
            await connection.WriteAsync(GoWire.Framed(Offer(100)));
            await ReadAsync(connection, 3);
            for (var i = 0; i < acknowledged; i++)
                await connection.WriteAsync(GoWire.Framed(GoWire.Ack()));
        });
        await using var node = await TestNode.StartAsync();
        await SendAsync(node, peer, "first").Ok();

        var sent = Enumerable.Range(0, 3).Select(i => SendAsync(node, peer, $"{i}")).ToArray();

        for (var i = 0; i < 3; i++)
        {
            var outcome = await sent[i].Within();
            Assert.Equal(i < acknowledged, outcome.IsRight);
            Assert.True(i < acknowledged || outcome.Error() is AcommError.PeerClosed { Delivery: Delivery.Indeterminate });
        }
    }

    [Fact]
    public async Task A_kept_connection_that_has_ended_meanwhile_costs_nobody_a_message()
    {
        // As a peer that stops: it is certain then that it takes nothing more.
        await using var peer = new GoUnixPeer((_, connection) =>
        {
            connection.Socket.Shutdown(SocketShutdown.Receive);
            return connection.WriteAsync(GoWire.Framed(Offer(100))).AsTask();
        });
        await using var node = await TestNode.StartAsync();

        for (var i = 0; i < 20; i++)
            await SendAsync(node, peer, $"{i}").Ok();
    }

    [Fact]
    public async Task A_peer_that_takes_no_more_still_acknowledges_what_it_has_and_the_rest_goes_another_way()
    {
        var shut = new TaskCompletionSource();
        await using var peer = new GoUnixPeer(async (first, connection) =>
        {
            var isFirst = (string?)first["id"] == "first";
            await connection.WriteAsync(GoWire.Framed(isFirst ? Offer(100) : GoWire.Ack()));
            if (!isFirst)
                return;
            await ReadAsync(connection, 1);
            connection.Socket.Shutdown(SocketShutdown.Receive);
            shut.SetResult();
            await go.Task;
            await connection.WriteAsync(GoWire.Framed(GoWire.Ack()));
        });
        await using var node = await TestNode.StartAsync();
        await SendAsync(node, peer, "first").Ok();
        var taken = SendAsync(node, peer, "taken");
        await shut.Task.Within();

        await SendAsync(node, peer, "another way").Ok();

        go.SetResult();
        await taken.Ok();
    }

    [Fact]
    public async Task More_than_the_peer_lets_wait_goes_another_way()
    {
        await using var peer = new GoUnixPeer(async (first, connection) =>
        {
            if ((string?)first["id"] == "first")
            {
                await connection.WriteAsync(GoWire.Framed(Offer(1)));
                await ReadAsync(connection, 1);
                await go.Task;
                await connection.WriteAsync(GoWire.Framed(GoWire.Ack("late")));
            }
            else
            {
                await connection.WriteAsync(GoWire.Framed(GoWire.Ack()));
            }
        });
        await using var node = await TestNode.StartAsync();
        await SendAsync(node, peer, "first").Ok();

        var waiting = SendAsync(node, peer, "waiting");
        await SendAsync(node, peer, "other").Ok();

        go.SetResult();
        Assert.Equal("late", Assert.IsType<AcommError.Rejected>(await waiting.Error()).Text);
    }

    [Fact]
    public async Task A_peer_that_keeps_still_is_given_up()
    {
        await using var peer = new GoUnixPeer(async (_, connection) =>
        {
            await connection.WriteAsync(GoWire.Framed(Offer(100)));
            await go.Task;
        });
        var time = new FakeTimeProvider();
        await using var node = await TestNode.StartAsync(time: time);
        await SendAsync(node, peer, "first").Ok();

        Assert.IsType<AcommError.AckTimeout>((await time.PassUntil(SendAsync(node, peer, "second"))).Error());
        go.SetResult();
    }

    [Theory]
    [InlineData("\"hello\"")]
    [InlineData("{}")]
    public async Task A_reply_that_is_no_acknowledgement_ends_the_connection(string reply)
    {
        await using var peer = new GoUnixPeer(async (_, connection) =>
        {
            await connection.WriteAsync(GoWire.Framed(Offer(100)));
            await ReadAsync(connection, 2);
            await connection.WriteAsync(GoWire.Framed(JsonNode.Parse(reply)!));
            await go.Task;
        });
        await using var node = await TestNode.StartAsync();
        await SendAsync(node, peer, "first").Ok();

        var sent = new[] { SendAsync(node, peer, "1"), SendAsync(node, peer, "2") };

        foreach (var one in sent)
            Assert.IsType<AcommError.BadAck>(await one.Error());
        go.SetResult();
    }

    [Fact]
    public async Task A_connection_that_nothing_is_sent_on_is_closed()
    {
        var ended = new TaskCompletionSource<int>();
        var time = new FakeTimeProvider();
        await using var peer = new GoUnixPeer(async (_, connection) =>
        {
            await connection.WriteAsync(GoWire.Framed(Offer(100)));
            ended.SetResult(await connection.ReadAsync(new byte[1]));
        });
        await using var node = await TestNode.StartAsync(time: time);

        await SendAsync(node, peer, "first").Ok();

        Assert.Equal(0, await time.PassUntil(ended.Task));
    }

    [Fact]
    public async Task Large_documents_come_whole_and_in_order()
    {
        var sizes = new TaskCompletionSource<int[]>();
        await using var peer = new GoUnixPeer(async (_, connection) =>
        {
            await connection.WriteAsync(GoWire.Framed(Offer(100)));
            var got = new int[4];
            for (var i = 0; i < got.Length; i++)
            {
                got[i] = ((string)(await GoWire.ReadAsync(connection))["result"]!).Length;
                await connection.WriteAsync(GoWire.Framed(GoWire.Ack()));
            }

            sizes.SetResult(got);
        });
        await using var node = await TestNode.StartAsync();
        await SendAsync(node, peer, "first").Ok();

        int[] lengths = [900_000, 10, 700_000, 20];
        foreach (var length in lengths)
            await SendAsync(node, peer, "big", $"\"{new string('x', length)}\"").Ok();

        Assert.Equal(lengths, await sizes.Task.Within());
    }

    [Fact]
    public async Task What_was_read_before_it_broke_is_never_sent_again()
    {
        const int Small = 12;
        var (read, again) = (new List<string>(), new List<string>());
        await using var peer = new GoUnixPeer(async (first, connection) =>
        {
            if ((string?)first["id"] != "first")
            {
                lock (again)
                    again.Add((string)first["id"]!);
                await connection.WriteAsync(GoWire.Framed(GoWire.Ack()));
                return;
            }

            // More waits to be written by now than the system takes at once, and the last of it is never read to its end.
            await connection.WriteAsync(GoWire.Framed(Offer(100)));
            await go.Task;
            read.AddRange(await ReadAsync(connection, 1 + Small));
        });
        await using var node = await TestNode.StartAsync();
        await SendAsync(node, peer, "first").Ok();

        var small = Enumerable.Range(0, Small).Select(i => (Id: $"{i}", Chars: 21_000));
        (string Id, int Chars)[] all = [("big", 900_000), .. small, ("last", 900_000)];
        var sent = all.Select(d => SendAsync(node, peer, d.Id, $"\"{new string('x', d.Chars)}\"")).ToArray();
        go.SetResult();

        foreach (var outcome in sent[..^1])
            Assert.Equal(Delivery.Indeterminate, (await outcome.Error()).Delivery);
        await sent[^1].Within();
        Assert.Equal(all[..^1].Select(d => d.Id), read);
        Assert.Empty(again.Except(["last"]));
    }

    private static JsonObject Offer(int inFlight)
    {
        var ack = GoWire.Ack();
        ack["keepOpen"] = inFlight;
        return ack;
    }

    private static async Task<string[]> ReadAsync(NetworkStream connection, int count)
    {
        var ids = new string[count];
        for (var i = 0; i < count; i++)
            ids[i] = (string)(await GoWire.ReadAsync(connection))["id"]!;
        return ids;
    }

    private static Task<Either<AcommError, Unit>> SendAsync(TestNode node, GoUnixPeer peer, string id, string result = "1") => node.Acomm.SendAsync(
        Address.Parse(peer.Url).Ok(), Response.Success(RequestId.Parse(id).Ok(), RawJson.Parse(result).Ok()));
}
