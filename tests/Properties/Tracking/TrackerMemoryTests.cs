using Acomm.Domain;
using Acomm.Properties.Codec;
using Xunit;
using static LanguageExt.Prelude;

namespace Acomm.Properties.Tracking;

/// <summary>Invariant 19: memory is a small sum and a little for each open request, however many there were before.</summary>
[Collection(nameof(FrameMemoryTests.Alone))]
public sealed class TrackerMemoryTests
{
    private const int Requests = 20_000;

    // Kept, the ids alone would take more than this.
    [Fact]
    public void Invariant_19_what_is_over_is_forgotten()
    {
        var state = Started();
        Assert.InRange(Kept(() => state = Enumerable.Range(0, Requests).Aggregate(state, (s, i) => Answered(Registered(s, i), i))), long.MinValue, 1 << 20);
        Assert.Equal((Requests, 0), (state.Tally.Answered, state.Outstanding));
    }

    [Fact]
    public void Invariant_19_what_is_open_takes_a_kilobyte_or_two_each()
    {
        var state = Started();
        Assert.InRange(Kept(() => state = Enumerable.Range(0, Requests).Aggregate(state, Registered)), 0, Requests * 2_048L);
        Assert.Equal(Requests, state.Outstanding);
    }

    private static TrackerState Started() =>
        Step(TrackerState.Create(Limits.Default with { RememberedIds = 100 }), new TrackerInput.Start { At = default });

    private static TrackerState Registered(TrackerState state, int number) =>
        Step(state, new TrackerInput.Register(Id(number), TimeSpan.FromMilliseconds(number + 1), Route.ToCaller, None) { At = default });

    private static TrackerState Answered(TrackerState state, int number) =>
        Step(state, new TrackerInput.Respond(Response.Success(Id(number), RawJson.Null), Origin.OwnSocket) { At = default });

    private static TrackerState Step(TrackerState state, TrackerInput input) => Tracker.Step(state, input).State;

    private static RequestId Id(int number) => RequestId.Parse($"some request, number {number}").Right();

    private static long Kept(Action work)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        work();
        return GC.GetTotalMemory(forceFullCollection: true) - before;
    }
}
