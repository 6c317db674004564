using Acomm.Domain;
using Acomm.Properties.Generators;
using LanguageExt;
using Xunit;

namespace Acomm.Properties.Tracking;

/// <summary>A few histories that are told in full, for whoever wants to see the rules at work.</summary>
public class ExampleTests
{
    private static readonly TimeSpan Tick = TrackerWords.Tick;

    [Fact]
    public void Who_registers_before_the_start_is_told_so_and_who_does_after_a_stop_as_well()
    {
        var created = TrackerState.Create(Limits.Default);
        Assert.Equal(new AcommError.NotStarted(), Refusal(Register(created, 0)));
        var stopped = Tracker.Step(Started(Limits.Default), new TrackerInput.Stop(default) { At = Instant.Zero });
        Assert.Equal(new AcommError.ShuttingDown(), Refusal(Register(stopped.State, 0)));
    }

    [Fact]
    public void Requests_that_are_due_together_expire_in_the_order_in_which_they_came_and_no_more_at_once_than_the_limit()
    {
        var state = Started(Limits.Default with { ExpiriesPerStep = 2 });
        foreach (var id in new[] { 2, 0, 1 })
            state = Register(state, id).State;
        var first = Tracker.Step(state, new TrackerInput.TimePassed { At = Instant.Zero + Tick });
        var second = Tracker.Step(first.State, new TrackerInput.TimePassed { At = Instant.Zero + Tick });
        Assert.Equal([TrackerWords.Id(2), TrackerWords.Id(0)], Ended(first.Outputs));
        Assert.Equal([TrackerWords.Id(1)], Ended(second.Outputs));
        Assert.True(Tracker.NextDeadline(second.State).IsNone);
    }

    private static TrackerState Started(Limits limits) =>
        Tracker.Step(TrackerState.Create(limits), new TrackerInput.Start { At = Instant.Zero }).State;

    private static (TrackerState State, Seq<TrackerOutput> Outputs) Register(TrackerState state, int id) =>
        Tracker.Step(state, new TrackerInput.Register(TrackerWords.Id(id), Tick, Route.ToCaller, default) { At = Instant.Zero });

    private static AcommError Refusal((TrackerState State, Seq<TrackerOutput> Outputs) step) =>
        Assert.IsType<TrackerOutput.Refused>(Assert.Single(step.Outputs)).Error;

    private static IEnumerable<RequestId> Ended(Seq<TrackerOutput> outputs) => outputs.Cast<TrackerOutput.Deliver>().Select(d => d.Handle.Id);
}
