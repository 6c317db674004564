using Acomm.Domain;
using Acomm.Properties.Generators;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Acomm.Properties.Tracking;

/// <summary>The scripts reach what they are there to reach: each corner is in at least one of twenty.</summary>
public class CornerTests
{
    private const int SampleSize = 1_000;

    private static readonly Lazy<IReadOnlyList<History>> Sample = new(
        () => TrackerScripts.Scripts.Sample(SampleSize, new Rnd(20), SampleSize).Select(History.Ended).ToList());

    public static TheoryData<string> Corners => [.. Classes.Keys];

    private static Dictionary<string, Func<Moment, bool>> Classes => new()
    {
        ["duplicate id"] = m => Refusals(m).Any(e => e is AcommError.DuplicateId),
        ["over the limit"] = m => Refusals(m).Any(e => e is AcommError.TrackerFull),
        ["bad timeout"] = m => Refusals(m).Any(e => e is AcommError.TimeoutInvalid),
        ["refused in a stop"] = m => Refusals(m).Any(e => e is AcommError.ShuttingDown),
        ["late response"] = m => Dropped(m, DropReason.Late),
        ["duplicate response"] = m => Dropped(m, DropReason.Duplicate),
        ["unknown response"] = m => Dropped(m, DropReason.Unknown),
        ["forbidden response"] = m => Dropped(m, DropReason.Forbidden),
        ["accepted from outside"] = m => m.Completions.Any(c => c.Completion is Completion.Answered { Origin: Origin.External }),
        ["answered at the deadline"] = m => m.Completions.Any(c => c.Completion is Completion.Answered && DueNow(m, c.Handle)),
        ["timed out at the deadline"] = m => m.Completions.Any(c => c.Completion is Completion.TimedOut && DueNow(m, c.Handle)),
        ["a tick before the deadline"] = m => m.Before.Entries.Values.Any(e => e.Deadline.Ticks - m.Input.At.Ticks == 1),
        ["equal deadlines"] = m => m.Before.Entries.Values.GroupBy(e => e.Deadline).Any(g => g.Count() > 1),
        ["stop while open"] = m => m.Input is TrackerInput.Stop && m.Before.Outstanding > 0,
        ["cut by a stop"] = m => m.Completions.Any(c => c.Completion is Completion.Shutdown),
        ["start again"] = m => m.Input is TrackerInput.Start && m.Before.Phase == TrackerPhase.Stopped,
        ["handle of an old registration"] = m => m.Input is TrackerInput.Cancel c && m.Before.Entries.Find(c.Handle.Id).Exists(e => e.Handle.Number > c.Handle.Number),
        ["full step"] = m => m.Input is TrackerInput.TimePassed && m.Completions.Count() == m.Before.Limits.ExpiriesPerStep,
        ["forgotten id"] = m => m.Completions.Any() && m.After.RememberedIds <= m.Before.RememberedIds,
    };

    [Theory]
    [MemberData(nameof(Corners))]
    public void At_least_one_script_of_twenty_reaches(string corner)
    {
        var reached = Sample.Value.Count(h => h.Moments.Any(Classes[corner]));
        Assert.True(reached >= SampleSize / 20, $"{corner}: {reached} of {SampleSize}");
    }

    // Two inputs that would each end a request, at the instant of its deadline: one wins, the other comes to nothing.
    [Fact]
    public void At_least_one_script_of_twenty_has_a_tie_at_a_deadline()
    {
        var reached = Sample.Value.Count(h => h.Moments.Any(won => won.Completions.Any(c => DueNow(won, c.Handle) && h.Moments.Any(lost =>
            lost != won && lost.Input.At == won.Input.At && lost.Input switch
            {
                TrackerInput.Respond respond => respond.Response.Id == c.Handle.Id,
                TrackerInput.Cancel cancel => cancel.Handle == c.Handle,
                TrackerInput.SendFailed failed => failed.Handle == c.Handle,
                TrackerInput.TimePassed => c.Completion is not Completion.TimedOut,
                _ => false,
            }))));
        Assert.True(reached >= SampleSize / 20, $"{reached} of {SampleSize}");
    }

    [Fact]
    public void A_shrunk_script_is_another_one_and_never_longer()
    {
        foreach (var script in TrackerScripts.Scripts.Sample(20, new Rnd(21), 20))
        {
            Assert.All(TrackerScripts.Script().Shrinker(script), shrunk =>
            {
                Assert.NotEqual(script.ToString(), shrunk.ToString());
                Assert.True(shrunk.Moves.Count <= script.Moves.Count);
            });
        }
    }

    private static IEnumerable<AcommError> Refusals(Moment moment) => moment.Outputs.OfType<TrackerOutput.Refused>().Select(r => r.Error);

    private static bool Dropped(Moment moment, DropReason reason) => moment.Outputs.OfType<TrackerOutput.Dropped>().Any(d => d.Reason == reason);

    private static bool DueNow(Moment moment, Handle handle) => moment.Before.Entries[handle.Id].Deadline == moment.Input.At;
}
