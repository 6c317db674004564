using Acomm.Domain;
using Acomm.Properties.Generators;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Acomm.Properties.Running.Concurrency;

/// <summary>The histories of several threads reach what they are there to reach: each corner is in at least one of forty.</summary>
public sealed class ConcurrentCornerTests
{
    private const int SampleSize = 400;

    private static readonly Lazy<Task<Played[]>> Sample = new(() => Task.WhenAll(ConcurrentScripts.Scripts.Sample(SampleSize, new Rnd(24), SampleSize)
        .Select(script => Play.InterleavedAsync((limits, _, clock) => new BrokenTracker(Fault.None, limits, clock), script))));

    public static TheoryData<string> Corners => [.. Classes.Keys];

    private static Dictionary<string, Func<IReadOnlyList<Operation>, bool>> Classes => new()
    {
        ["overlapping"] = h => h.Any(a => h.Any(b => a.Thread != b.Thread && a.Invoked < b.Invoked && b.Invoked < a.Returned)),
        ["duplicate id"] = h => Ended<AcommError.DuplicateId>(h),
        ["over the limit"] = h => Ended<AcommError.TrackerFull>(h),
        ["refused in a stop"] = h => Ended<AcommError.ShuttingDown>(h),
        ["timed out"] = h => Ended<AcommError.TimedOut>(h),
        ["cancelled"] = h => Ended<AcommError.Cancelled>(h),
        ["not sent"] = h => Ended<AcommError.PeerClosed>(h),
        ["cut by a stop"] = h => Ended<AcommError.CutByShutdown>(h),
        ["answered"] = h => h.Any(o => o.Answer.Outcome.Exists(outcome => outcome.IsRight)),
        ["late response"] = h => Refused(h, "ResponseLate"),
        ["duplicate response"] = h => Refused(h, "ResponseDuplicate"),
        ["stop that waits"] = h => h.Any(o => o.Answer is { IsAtOnce: false, Cut.IsSome: true }),
    };

    [Theory]
    [MemberData(nameof(Corners))]
    public async Task At_least_one_history_of_forty_reaches(string corner)
    {
        var reached = (await Sample.Value).Count(played => Classes[corner](played.History));
        Assert.True(reached >= SampleSize / 40, $"{corner}: {reached} of {SampleSize}");
    }

    private static bool Ended<TError>(IReadOnlyList<Operation> history)
        where TError : AcommError => history.Any(o => o.Answer.Outcome.Exists(outcome => outcome.Case is TError));

    private static bool Refused(IReadOnlyList<Operation> history, string code) =>
        history.Any(o => o.Answer.Acknowledged.Exists(a => a is Acknowledgement.Refused refused && refused.Code == code));
}
