using Acomm.Domain;
using Acomm.Effects;
using Acomm.Properties.Codec;
using Microsoft.Extensions.Time.Testing;
using Xunit;
using static LanguageExt.Prelude;

namespace Acomm.Properties.Running;

/// <summary>Invariant 19 for what runs, and what a call may cost of it: the tasks that wait are counted too.</summary>
[Collection(nameof(FrameMemoryTests.Alone))]
public sealed class RunningTrackerMemoryTests : IDisposable
{
    private const int Requests = 20_000;

    private readonly RunningTracker tracker = new(Limits.Default with { RememberedIds = 100 }, new FakeTimeProvider(), _ => { });

    public RunningTrackerMemoryTests() => tracker.Start();

    public void Dispose() => tracker.Dispose();

    // Kept, the ids alone would take more than this.
    [Fact]
    public void Invariant_19_what_is_over_is_forgotten()
    {
        Assert.InRange(Kept(() => Play(Requests)), long.MinValue, 1 << 20);
        Assert.Equal((Requests, 0), (tracker.Tally.Answered, tracker.Outstanding));
    }

    [Fact]
    public void Invariant_19_what_is_open_takes_half_a_kilobyte_each()
    {
        Assert.InRange(Kept(() => Register(Requests)), 0, Requests * 512L);
        Assert.Equal(Requests, tracker.Outstanding);
    }

    [Fact]
    public void To_register_and_respond_allocates_less_than_a_kilobyte()
    {
        Play(Requests);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Play(Requests);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before - AllocatedForIdsAndAnswers();
        Assert.InRange(allocated, 0, Requests * 900L);
    }

    private static long AllocatedForIdsAndAnswers()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Requests; i++)
            Answer(Id(i));
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static RequestId Id(int number) => FakeWorld.Id($"some request, number {number}");

    private static Response Answer(RequestId id) => Response.Success(id, RawJson.Null);

    private void Register(int count)
    {
        for (var i = 0; i < count; i++)
            tracker.Register(Id(i), TimeSpan.FromMilliseconds(i + 1), Route.ToCaller, None);
    }

    private void Play(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var id = Id(i);
            tracker.Register(id, TimeSpan.FromMinutes(1), Route.ToCaller, None);
            tracker.Respond(Answer(id), Origin.OwnSocket);
        }
    }

    private static long Kept(Action work)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        work();
        return GC.GetTotalMemory(forceFullCollection: true) - before;
    }
}
