using Acomm.Domain;
using Acomm.Effects;
using LanguageExt;
using Xunit;
using static Acomm.Properties.Running.FakeWorld;

namespace Acomm.Properties.Running;

/// <summary>What a node says that it is doing.</summary>
public sealed class StatusTests
{
    private static readonly Address Peer = At("unix:///peer.sock");
    private static readonly Address Remote = At("http://10.0.0.7:80/");
    private static readonly IpAddress Outside = IpAddress.Parse("10.0.0.7").IfNone(default(IpAddress));
    private readonly FakeWorld world = new();

    [Fact]
    public void An_open_call_is_told_with_its_task_its_receiver_and_its_times()
    {
        using var node = Started();
        var call = node.Begin(Peer, Task_("digest"), RawJson.Null, new CallOptions { Timeout = TimeSpan.FromSeconds(30) });
        world.Time.Advance(TimeSpan.FromSeconds(12.345));

        var open = Assert.Single(node.Status.Requests.Oldest);

        Assert.Equal((call.Id, "digest", Some(Peer), false), (open.Request.Handle.Id, open.Request.Subject.Task.Value, open.Request.Subject.To, open.Request.IsProxied));
        Assert.Equal((TimeSpan.FromSeconds(12.345), TimeSpan.FromSeconds(30 - 12.345)), (open.Age, open.Left), Within10Ms);
        Assert.Equal("digest", Assert.Single(node.Status.Requests.ByTask).Task.Value);
        Assert.Equal((1, TimeSpan.FromSeconds(12.345)), (node.Status.Tally.Registered, node.Status.Uptime));
    }

    [Fact]
    public void It_is_told_how_far_a_request_got()
    {
        using var node = Started();
        var sending = new TaskCompletionSource<Either<AcommError, Unit>>();
        world.OnSend = (to, _, _) => to == Peer ? Task.FromResult<Either<AcommError, Unit>>(Unit.Default)
            : to == Remote ? Task.FromResult<Either<AcommError, Unit>>(new AcommError.AckTimeout(Remote, TimeSpan.FromSeconds(5)))
            : sending.Task;
        world.Current = At("http://here.example/");
        node.Begin(Peer, Task_("acknowledged"), RawJson.Null, CallOptions.None);
        node.Begin(Remote, Task_("unsure"), RawJson.Null, CallOptions.None);
        node.Begin(At("unix:///slow.sock"), Task_("sending"), RawJson.Null, CallOptions.None);

        Assert.Equal(
            (string[])["Acknowledged acknowledged", "Unsure unsure", "Sending sending"],
            node.Status.Requests.Oldest.Select(open => $"{open.Request.Phase} {open.Request.Subject.Task}"));

        // The end of a test waits for all that was begun in it.
        sending.SetResult(Unit.Default);
    }

    [Fact]
    public void A_request_that_is_handled_here_for_another_node_is_told_as_such_and_so_is_its_handler()
    {
        var never = new TaskCompletionSource<Answer<RawJson>>();
        using var node = world.NewNode([new ServedTask("wait", (_, _) => never.Task, Concurrency: 1), new ServedTask("idle", (_, _) => never.Task)]);
        node.Start();
        for (var i = 0; i < 3; i++)
            Assert.Equal(Acknowledgement.Ok, node.ReceiveRequest(Document.Write(Request.Of(Id($"{i}"), Task_("wait"), RawJson.Null, Remote)), Outside));

        var status = node.Status;

        Assert.All(status.Requests.Oldest, open => Assert.Equal(
            (true, SendingPhase.Acknowledged, Some(node.Address)), (open.Request.IsProxied, open.Request.Phase, open.Request.Subject.To)));
        Assert.Equal((3, 1, 2), (status.Requests.All.Count, status.Handlers.Running, status.Handlers.Waiting));
        Assert.Equal(
            (TaskHandlers[])[new TaskHandlers(Task_("idle"), 0, 0, Limits.Default.HandlersPerTask), new TaskHandlers(Task_("wait"), 1, 2, 1)],
            status.Handlers.Tasks);
    }

    [Fact]
    public void What_is_asked_for_again_within_a_second_is_not_made_again()
    {
        using var node = Started();
        var first = node.Status;
        node.Begin(Peer, Task_("echo"), RawJson.Null, CallOptions.None);
        world.Time.Advance(TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1));
        Assert.Same(first, node.Status);

        world.Time.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(1, node.Status.Requests.All.Count);
    }

    [Fact]
    public async Task It_follows_the_life_of_its_node()
    {
        using var node = world.NewNode();
        Assert.Equal((TrackerPhase.Created, TimeSpan.Zero), Told());
        Pass(TimeSpan.FromMinutes(1));
        node.Start();
        Pass(TimeSpan.FromMinutes(2));
        node.Start();
        Assert.Equal((TrackerPhase.Running, TimeSpan.FromMinutes(2)), Told());
        await node.StopAsync(TimeSpan.Zero);
        Pass(TimeSpan.FromMinutes(3));
        Assert.Equal((TrackerPhase.Stopped, TimeSpan.FromMinutes(5)), Told());
        node.Start();
        Pass(TimeSpan.FromMinutes(4));
        Assert.Equal((TrackerPhase.Running, TimeSpan.FromMinutes(4)), Told());

        void Pass(TimeSpan time) => world.Time.Advance(time);
        (TrackerPhase, TimeSpan) Told() => (node.Status.Phase, node.Status.Uptime);
    }

    [Fact]
    public void No_token_is_in_it()
    {
        world.Current = At("http://here.example/");
        using var node = Started();
        node.Begin(At("http://10.0.0.7:80/?key=secret#secret"), Task_("echo"), Json("\"secret\""), CallOptions.None);
        var token = world.Sent.Single();
        Assert.Contains("token=", System.Text.Encoding.UTF8.GetString(token.Document.Span), StringComparison.Ordinal);

        var status = node.Status;

        var open = Assert.Single(status.Requests.Oldest).Request;
        Assert.Equal("http://10.0.0.7:80/", open.Subject.To.Map(to => to.Shown));
        Assert.DoesNotContain(typeof(OutstandingRequest).GetProperties(), property => property.PropertyType == typeof(Token) || property.PropertyType == typeof(Option<Token>));
    }

    [Prop]
    public void Every_open_request_is_told_once_whichever_part_it_is_in(byte[] ends)
    {
        using var node = Started();
        var calls = Enumerable.Range(0, 200 + ends.Length).Select(i => node.Begin(Peer, Task_($"task-{i % 7}"), RawJson.Null, CallOptions.None)).ToList();
        foreach (var end in ends)
            calls[end % calls.Count].Remove();

        var status = node.Status;

        Assert.Equal(node.Outstanding, status.Requests.All.Count);
        Assert.Equal(
            calls.Where((_, i) => !ends.Any(end => end % calls.Count == i)).Select(call => call.Id).Take(OutstandingSummary.OldestLimit),
            status.Requests.Oldest.Select(open => open.Request.Handle.Id));
    }

    private static readonly IEqualityComparer<(TimeSpan, TimeSpan)> Within10Ms = EqualityComparer<(TimeSpan, TimeSpan)>.Create(
        (one, other) => (one.Item1 - other.Item1).Duration() <= Tracker.Tick && (one.Item2 - other.Item2).Duration() <= Tracker.Tick);

    private static Option<Address> Some(Address address) => address;

    private AcommNode Started()
    {
        var node = world.NewNode();
        node.Start();
        return node;
    }
}
