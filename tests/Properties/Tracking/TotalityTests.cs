using Acomm.Domain;
using Acomm.Properties.Generators;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using LanguageExt;
using Xunit;
using static LanguageExt.Prelude;

namespace Acomm.Properties.Tracking;

/// <summary>No input, at no time and in no order, makes the tracker throw or lose count; not even time that runs backwards.</summary>
[Props(typeof(Wild), 500)]
public class TotalityTests
{
    /// <summary>Inputs at any time at all.</summary>
    public static class Wild
    {
        private static readonly Gen<long> Times = Gen.OneOf(
            Gen.Elements(long.MinValue, long.MinValue + 1, -1, 0, 1, 99_999, 100_000, long.MaxValue - 100_000, long.MaxValue - 1, long.MaxValue),
            Gen.Choose(int.MinValue, int.MaxValue).Select(i => (long)i));

        private static readonly Gen<Handle> Handles =
            from id in Gen.Choose(0, TrackerWords.Ids - 1)
            from number in Gen.Frequency((5, Gen.Choose(0, 9).Select(n => (long)n)), (1, Times))
            select new Handle(TrackerWords.Id(id), number);

        public static Arbitrary<TrackerInput> Input() => Arb.From(
            from at in Times
            from time in Times
            from handle in Handles
            from delivery in Gen.Elements(Enum.GetValues<Delivery>())
            from timeout in Gen.OneOf(Gen.Constant(TrackerWords.Tick), Gen.Constant(Limits.RequestTimeoutCeiling), Gen.Constant(new TimeSpan(time)))
            from input in Gen.Elements<TrackerInput>(
                new TrackerInput.Start { At = new Instant(at) },
                new TrackerInput.Register(handle.Id, timeout, Route.ToCaller, None) { At = new Instant(at) },
                new TrackerInput.Register(handle.Id, timeout, new Route.Forward(TrackerWords.Hook, Reach.Anywhere), None) { At = new Instant(at) },
                new TrackerInput.Respond(Response.Success(handle.Id, RawJson.Null), Origin.OwnSocket) { At = new Instant(at) },
                new TrackerInput.SendFailed(handle, TrackerWords.ErrorOf(delivery)) { At = new Instant(at) },
                new TrackerInput.Cancel(handle) { At = new Instant(at) },
                new TrackerInput.TimePassed { At = new Instant(at) },
                new TrackerInput.Stop(timeout) { At = new Instant(at) },
                new TrackerInput.Stop(None) { At = new Instant(at) })
            select input);
    }

    [Property]
    public void Any_inputs_at_any_times_are_taken_and_counted(TrackerInput[] inputs)
    {
        var state = Moment.Of(TrackerState.Create(Limits.Default), new TrackerInput.Start { At = Instant.Zero }).After;
        foreach (var input in inputs)
        {
            state = Moment.Of(state, input).After;
            Assert.Equal(state.Tally.Registered, state.Tally.Completed + state.Outstanding);
            Assert.Equal(state.Outstanding, state.ArmedDeadlines);
            Assert.Equal(state.Outstanding > 0, Tracker.NextDeadline(state).IsSome);
            Assert.NotEmpty(state.ToString());
        }

        for (var open = state.Outstanding; open > 0 && Tracker.NextDeadline(state).Case is Instant next; open--)
            state = Moment.Of(state, new TrackerInput.TimePassed { At = next }).After;
        Assert.Equal(0, state.Outstanding);
    }

    [Fact]
    public void A_deadline_past_the_end_of_time_is_the_end_of_time()
    {
        var history = Started();
        history.Step(new TrackerInput.Register(TrackerWords.Id(0), Limits.RequestTimeoutCeiling, Route.ToCaller, None) { At = new Instant(long.MaxValue - 1) });
        Assert.Equal(new Instant(long.MaxValue), Tracker.NextDeadline(history.State));
        Assert.Empty(history.Step(new TrackerInput.TimePassed { At = new Instant(long.MaxValue - 1) }).Outputs);
        Assert.Single(history.Step(new TrackerInput.TimePassed { At = new Instant(long.MaxValue) }).Completions);
    }

    [Fact]
    public void A_deadline_before_the_start_of_the_clock_is_rounded_up_too()
    {
        var history = Started();
        history.Step(new TrackerInput.Register(TrackerWords.Id(0), new TimeSpan(1), Route.ToCaller, None) { At = new Instant(-150_001) });
        Assert.Equal(new Instant(-100_000), Tracker.NextDeadline(history.State));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(0, false)]
    [InlineData(-1, false)]
    [InlineData(long.MinValue, false)]
    [InlineData(long.MaxValue, false)]
    [InlineData(30 * TimeSpan.TicksPerDay, true)]
    [InlineData((30 * TimeSpan.TicksPerDay) + 1, false)]
    public void A_timeout_is_taken_if_it_is_above_zero_and_at_most_the_ceiling(long ticks, bool taken)
    {
        var timeout = new TimeSpan(ticks);
        var moment = Started().Step(new TrackerInput.Register(TrackerWords.Id(0), timeout, Route.ToCaller, None) { At = Instant.Zero });
        TrackerOutput refused = new TrackerOutput.Refused(TrackerWords.Id(0), new AcommError.TimeoutInvalid(timeout, TimeSpan.FromDays(30)));
        Assert.Equal(taken ? new TrackerOutput.Admitted(new Handle(TrackerWords.Id(0), 0)) : refused, Assert.Single(moment.Outputs));
    }

    private static History Started() => History.Of(new Script(0, 1_000, 1_000, 1_000, [new Move.Start()]));
}
