using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Acomm.Domain;
using Acomm.Effects;
using LanguageExt;
using Microsoft.Extensions.DependencyInjection;

namespace Acomm.AdapterTests.Kept;

/// <summary>What one document leaves behind for those that follow it.</summary>
public sealed class LastingTests
{
    private static readonly AsyncLocal<string?> Context = new();

    [Fact]
    public async Task A_connection_that_ended_while_it_was_taken_over_does_not_keep_out_the_next_one()
    {
        var closes = true;
        var connections = 0;
        var time = new AwaitingTime();
        await using var peer = new GoUnixPeer(async (_, connection) =>
        {
            Interlocked.Increment(ref connections);
            time.AwaitsEnd |= Volatile.Read(ref closes);
            await connection.WriteAsync(GoWire.Framed(Offer(100)));
            if (Volatile.Read(ref closes))
                connection.Socket.Shutdown(SocketShutdown.Both);
            time.End.Set();
            while (!Volatile.Read(ref closes))
            {
                await GoWire.ReadAsync(connection);
                await connection.WriteAsync(GoWire.Framed(GoWire.Ack()));
            }
        });
        await using var node = await TestNode.StartAsync(time: time);
        await SendAsync(node, peer, "first").Ok();
        Volatile.Write(ref closes, false);

        for (var i = 0; i < 5; i++)
            await SendAsync(node, peer, $"{i}").Ok();

        Assert.Equal(2, connections);
    }

    [Fact]
    public async Task A_process_that_stood_still_before_it_waited_for_an_acknowledgement_gives_it_up()
    {
        await using var peer = new GoUnixPeer((_, _) => Task.Delay(Timeout.Infinite));
        var time = new LeapingTime();
        await using var node = await TestNode.StartAsync(time: time);

        time.Leaps = true;
        var sent = SendAsync(node, peer, "first");
        time.Leaps = false;

        Assert.IsType<AcommError.AckTimeout>(await sent.Error());
    }

    [Fact]
    public async Task Connections_are_kept_with_the_longest_time_that_they_may_be_idle()
    {
        await using var node = await TestNode.WithLimitsAsync(limits => limits with { ConnectionIdle = Limits.RequestTimeoutCeiling }, TestTasks.Echo);

        for (var i = 0; i < 3; i++)
            await node.Acomm.CallAsync<string, string>(node.Unix, "echo", "").Ok();

        Assert.Empty(node.Events.All<NodeEvent.Faulted>());
    }

    [Fact]
    public async Task What_is_heard_on_a_connection_is_in_no_context_of_whoever_opened_it()
    {
        await using var peer = new GoUnixPeer(async (_, connection) =>
        {
            await connection.WriteAsync(GoWire.Framed(Offer(100)));
            await GoWire.ReadAsync(connection);
            await connection.WriteAsync(GoWire.Framed(GoWire.Ack("no")));
        });
        var heard = new Heard();
        await using var node = await TestNode.StartAsync(configure: builder => builder.Services.AddSingleton<INodeEvents>(heard));
        Context.Value = "opened";
        await SendAsync(node, peer, "first").Ok();
        Context.Value = "second";

        Assert.IsType<AcommError.Rejected>(await node.Acomm.CallAsync<string, string>(peer.Url, "greet", "").Error());

        Assert.DoesNotContain("opened", heard.Contexts);
        Assert.NotEmpty(heard.Contexts);
    }

    [Fact]
    public async Task What_was_given_up_before_is_not_sent_on_an_open_connection_either()
    {
        var more = new TaskCompletionSource<JsonObject>();
        await using var peer = new GoUnixPeer(async (_, connection) =>
        {
            await connection.WriteAsync(GoWire.Framed(Offer(100)));
            more.SetResult(await GoWire.ReadAsync(connection));
            await connection.WriteAsync(GoWire.Framed(GoWire.Ack()));
        });
        await using var node = await TestNode.StartAsync();
        await SendAsync(node, peer, "first").Ok();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SendAsync(node, peer, "given up", new CancellationToken(true)));
        await SendAsync(node, peer, "next").Ok();

        Assert.Equal("next", (string?)(await more.Task.Within())["id"]);
    }

    [Fact]
    public async Task Who_sends_does_not_write_for_all_who_send_meanwhile()
    {
        const int More = 50;
        var all = new TaskCompletionSource();
        await using var peer = new GoUnixPeer(async (_, connection) =>
        {
            await connection.WriteAsync(GoWire.Framed(Offer(100)));
            for (var i = 0; i <= More; i++)
                await GoWire.ReadAsync(connection);
            all.SetResult();
        });
        var time = new BusyTime();
        await using var node = await TestNode.StartAsync(time: time);
        await SendAsync(node, peer, "first").Ok();

        // From when it was taken on, and while anything is written, more is sent by somebody.
        var (left, isTaken) = (More, false);
        time.OnLook = () =>
        {
            if (!isTaken)
                isTaken = true;
            else if (left > 0)
                _ = SendAsync(node, peer, $"more {left--}");
        };
        time.Thread = Environment.CurrentManagedThreadId;
        _ = SendAsync(node, peer, "one");
        time.Thread = 0;

        Assert.InRange(left, More / 2, More - 1);
        while (left > 0)
            _ = SendAsync(node, peer, $"more {left--}");
        await all.Task.Within();
    }

    [Fact]
    public async Task A_node_that_has_stopped_keeps_no_connection_that_is_offered_then()
    {
        var stopped = new TaskCompletionSource();
        var ended = new TaskCompletionSource<int>();
        await using var peer = new GoUnixPeer(async (_, connection) =>
        {
            await stopped.Task;
            await connection.WriteAsync(GoWire.Framed(Offer(100)));
            ended.SetResult(await connection.ReadAsync(new byte[1]));
        });
        await using var node = await TestNode.StartAsync();
        var sent = SendAsync(node, peer, "under way");
        await peer.NextAsync();

        await node.StopAsync();
        stopped.SetResult();

        await sent.Ok();
        Assert.Equal(0, await ended.Task.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    private static JsonObject Offer(int inFlight)
    {
        var ack = GoWire.Ack();
        ack["keepOpen"] = inFlight;
        return ack;
    }

    private static Task<Either<AcommError, Unit>> SendAsync(TestNode node, GoUnixPeer peer, string id, CancellationToken cancel = default) => node.Acomm.SendAsync(
        Address.Parse(peer.Url).Ok(), Response.Success(RequestId.Parse(id).Ok(), RawJson.Parse("1").Ok()), cancel);

    /// <summary>Whoever looks once a peer is about to end its connection goes on only when it has.</summary>
    private sealed class AwaitingTime : TimeProvider
    {
        private volatile bool awaitsEnd;

        public bool AwaitsEnd
        {
            get => awaitsEnd;
            set => awaitsEnd = value;
        }

        public ManualResetEventSlim End { get; } = new();

        public override long GetTimestamp()
        {
            if (awaitsEnd)
                End.Wait();
            return base.GetTimestamp();
        }
    }

    /// <summary>Ten seconds pass between any two looks, as for a process that is stopped.</summary>
    private sealed class LeapingTime : TimeProvider
    {
        private long leapt;

        public bool Leaps { get; set; }

        public override long GetTimestamp() =>
            base.GetTimestamp() + (Leaps ? Interlocked.Add(ref leapt, 10 * TimestampFrequency) : Interlocked.Read(ref leapt));
    }

    /// <summary>Something happens whenever one thread looks, but not while that happens.</summary>
    private sealed class BusyTime : TimeProvider
    {
        private bool isLooking;

        public Action OnLook { get; set; } = () => { };

        public int Thread { get; set; }

        public override long GetTimestamp()
        {
            if (Thread == Environment.CurrentManagedThreadId && !isLooking)
            {
                isLooking = true;
                OnLook();
                isLooking = false;
            }

            return base.GetTimestamp();
        }
    }

    /// <summary>Keeps in whose context each event was told.</summary>
    private sealed class Heard : INodeEvents
    {
        private readonly ConcurrentQueue<string?> contexts = new();

        public IReadOnlyCollection<string?> Contexts => contexts;

        public void Record(NodeEvent happened)
        {
            if (happened is NodeEvent.SendFailed)
                contexts.Enqueue(Context.Value);
        }
    }
}
