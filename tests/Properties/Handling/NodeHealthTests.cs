using Acomm.Domain;
using Acomm.Properties.Generators;
using FsCheck;
using FsCheck.Xunit;
using LanguageExt;
using Xunit;

namespace Acomm.Properties.Handling;

/// <summary>How a node is follows from what can be seen of it, and each problem says its figure and its limit.</summary>
[Props(typeof(AdmissionScripts), 500)]
public class NodeHealthTests
{
    private static readonly NodeVitals Well = new()
    {
        Phase = TrackerPhase.Running,
        SocketPath = "/run/node.sock",
        IsListening = true,
        HasSocketFile = true,
        Outstanding = 0,
        Handlers = AdmissionState.Create(Limits.Default, default),
    };

    [Property]
    public void A_node_is_unhealthy_exactly_if_nobody_can_reach_it(AdmissionScript script, TrackerPhase phase, bool listens, bool hasFile, NonNegativeInt outstanding)
    {
        var health = NodeHealth.Of(new NodeVitals
        {
            Phase = phase,
            SocketPath = "/run/node.sock",
            IsListening = listens,
            HasSocketFile = hasFile,
            Outstanding = outstanding.Get,
            Handlers = After(script),
        });

        Assert.Equal(!listens || !hasFile, health.Level == HealthLevel.Unhealthy);
    }

    [Property]
    public void One_that_can_be_reached_is_degraded_exactly_if_it_drains_or_has_many_open_requests_or_many_wait_for_handlers(
        AdmissionScript script, TrackerPhase phase, bool crowded)
    {
        var handlers = After(script);

        var health = NodeHealth.Of(Well with
        {
            Phase = phase,
            Outstanding = crowded ? handlers.Limits.Outstanding : 0,
            Handlers = handlers,
        });

        Assert.Equal(phase != TrackerPhase.Running || crowded || AreManyWaiting(handlers) ? HealthLevel.Degraded : HealthLevel.Healthy, health.Level);
    }

    [Property]
    public void There_is_a_problem_exactly_if_it_is_not_healthy_and_every_task_near_its_limit_is_named(AdmissionScript script, bool listens)
    {
        var handlers = After(script);

        var health = NodeHealth.Of(Well with { IsListening = listens, Handlers = handlers });

        Assert.Equal(health.Level == HealthLevel.Healthy, health.Problems.IsEmpty);
        foreach (var task in AdmissionScript.Tasks)
        {
            var (waiting, limit) = (handlers.WaitingOf(task), handlers.Limits.HandlersWaitingPerTask);
            Assert.Equal(IsMuch(waiting, limit), health.Problems.Contains($"{waiting} requests wait for the handler of the task '{task}', the limit is {limit}"));
        }
    }

    [Theory]
    [InlineData(10, 7, HealthLevel.Healthy)]
    [InlineData(10, 8, HealthLevel.Degraded)]
    [InlineData(1, 0, HealthLevel.Healthy)]
    [InlineData(1, 1, HealthLevel.Degraded)]
    [InlineData(int.MaxValue, 1_717_986_917, HealthLevel.Healthy)]
    [InlineData(int.MaxValue, 1_717_986_918, HealthLevel.Degraded)]
    public void Open_requests_are_many_from_four_fifths_of_the_limit_on(int limit, int outstanding, HealthLevel level)
    {
        var handlers = AdmissionState.Create(Limits.Default with { Outstanding = limit }, default);

        var health = NodeHealth.Of(Well with { Outstanding = outstanding, Handlers = handlers });

        Assert.Equal(level, health.Level);
        Assert.Equal(level == HealthLevel.Healthy ? "" : $"{outstanding} requests are open, the limit is {limit}", string.Join("; ", health.Problems));
    }

    [Fact]
    public void Every_problem_names_its_thing_its_figure_and_its_limit()
    {
        var handlers = AdmissionState.Create(Limits.Default with { Handlers = 1, HandlersWaitingPerTask = 5, HandlersWaitingBytes = 50 }, default);
        foreach (var ticket in (long[])[1, 2, 3, 4, 5])
            (handlers, _) = Admission.Arrive(handlers, AdmissionScript.Tasks[0], ticket, 10);

        Assert.Equal("it does not listen on '/run/node.sock'", Assert.Single(NodeHealth.Of(Well with { IsListening = false, HasSocketFile = false }).Problems));
        Assert.Equal("its socket file '/run/node.sock' is gone, or another one's", Assert.Single(NodeHealth.Of(Well with { HasSocketFile = false }).Problems));
        Assert.Equal("it takes no new requests, 7 are open, and 0 are in handlers", Assert.Single(NodeHealth.Of(Well with { Phase = TrackerPhase.Draining, Outstanding = 7 }).Problems));
        Assert.Equal(
            ["4 requests wait for the handler of the task '" + AdmissionScript.Tasks[0] + "', the limit is 5", "40 bytes of requests wait for handlers, the limit is 50"],
            NodeHealth.Of(Well with { Handlers = handlers }).Problems.ToArray());
    }

    private static bool AreManyWaiting(AdmissionState handlers) =>
        IsMuch(handlers.WaitingBytes, handlers.Limits.HandlersWaitingBytes)
        || AdmissionScript.Tasks.Any(task => IsMuch(handlers.WaitingOf(task), handlers.Limits.HandlersWaitingPerTask));

    private static bool IsMuch(long count, long limit) => count > 0 && count >= 0.8m * limit;

    private static AdmissionState After(AdmissionScript script) => script.Moves
        .Select((move, ticket) => move.Verb == AdmissionVerb.Finish
            ? (AdmissionInput)new AdmissionInput.Finish(AdmissionScript.Tasks[move.Task])
            : new AdmissionInput.Arrive(AdmissionScript.Tasks[move.Task], ticket, move.Bytes))
        .Aggregate(script.Initial, (state, input) => Admission.Step(state, input).State);
}
