using Acomm.Domain;
using Acomm.Effects;
using LanguageExt;
using Xunit;
using static Acomm.Properties.Running.FakeWorld;

namespace Acomm.Properties.Running;

/// <summary>An answer that belongs to a hook elsewhere: tried again where that is safe, never brought twice, and told of if it is lost.</summary>
public sealed class ForwardingTests
{
    private static readonly Address OwnHook = At("unix:///own.sock");
    private static readonly Address Hook = At("http://10.0.0.7:80/hook");
    private static readonly IpAddress Outside = IpAddress.Parse("10.0.0.7").IfNone(default(IpAddress));

    // Time passes faster here than work is done.
    private static readonly Limits Patient = Limits.Default with { RequestTimeout = TimeSpan.FromDays(30) };
    private readonly FakeWorld world = new();

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(1, 2, 0)]
    [InlineData(5, 6, 0)]
    [InlineData(6, 6, 1)]
    [InlineData(100, 6, 1)]
    public async Task A_hook_that_cannot_be_reached_is_tried_six_times(int failures, int tries, int lost)
    {
        await ForwardAsync(Patient, Enumerable.Repeat<AcommError>(new AcommError.PeerUnreachable(Hook, "gone"), failures));

        AssertForwarded(tries, lost);
    }

    [Fact]
    public async Task What_may_have_arrived_is_not_sent_again()
    {
        await ForwardAsync(Patient, [new AcommError.AckTimeout(Hook, TimeSpan.FromSeconds(10))]);

        AssertForwarded(tries: 1, lost: 1);
    }

    [Fact]
    public async Task What_the_hook_refuses_is_not_sent_again()
    {
        await ForwardAsync(Patient, [new AcommError.HttpStatus(Hook, 404)]);

        AssertForwarded(tries: 1, lost: 1);
    }

    [Fact]
    public async Task No_try_is_made_after_the_deadline_of_the_request()
    {
        await ForwardAsync(
            Limits.Default with { RequestTimeout = TimeSpan.FromMilliseconds(100) },
            Enumerable.Repeat<AcommError>(new AcommError.PeerUnreachable(Hook, "gone"), 100));

        Assert.InRange(world.Sent.Count(sent => sent.To == Hook), 1, 2);
        Assert.Single(world.Events.OfType<NodeEvent.AnswerLost>());
    }

    private void AssertForwarded(int tries, int lost)
    {
        Assert.Equal(tries, world.Sent.Count(sent => sent.To == Hook));
        Assert.Equal(lost, world.Events.OfType<NodeEvent.AnswerLost>().Count());
    }

    private async Task ForwardAsync(Limits limits, IEnumerable<AcommError> failures)
    {
        using var node = world.NewNode(limits, ("echo", (call, _) => Task.FromResult<Answer<RawJson>>(call.Request.Args)));
        node.Start();
        var left = new Queue<AcommError>(failures);
        world.OnSend = (to, document, _) =>
        {
            if (to == OwnHook)
                Assert.Equal(Acknowledgement.Ok, node.ReceiveOnSocket(document));
            return Task.FromResult<Either<AcommError, Unit>>(to == Hook && left.TryDequeue(out var error) ? error : Unit.Default);
        };
        var request = Request.Of(Id("r1"), Task_("echo"), Json("[1]"), Hook);

        Assert.Equal(Acknowledgement.Ok, node.ReceiveRequest(Document.Write(request), Outside));

        // On the own hook, and the first try: the answer is there before any time passes.
        await world.SentAsync(2);
        await world.PassUntilAsync(node.StopAsync(default));

        Assert.Equal((1, 1, 0), (node.State.Tally.Registered, node.State.Tally.Answered, node.Outstanding));
    }
}
