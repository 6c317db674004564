using Acomm.Domain;
using Acomm.Effects;
using Acomm.Properties.Generators;
using Acomm.Properties.Tracking;
using FsCheck.Xunit;
using Xunit;
using static LanguageExt.Prelude;

namespace Acomm.Properties.Running;

/// <summary>The tables that change in place are measured by the pure core: the same inputs, the same outputs, the same state.</summary>
[Props(typeof(TrackerScripts), 500)]
public sealed class TableStoreTests
{
    private const int Ids = 60;
    private const int Inputs = 300;

    [Property]
    public void Over_tables_a_script_plays_as_it_does_over_persistent_maps(Script script)
    {
        var state = new TrackerState<TableStore>(script.Limits, new TableStore());
        foreach (var moment in History.Ended(script).Moments)
        {
            var (next, outputs) = Tracker<TableStore>.Step(state, moment.Input);
            Assert.Equal(moment.Outputs, outputs);
            Assert.Equal(moment.After, TableStore.Copied(next));
            Assert.Equal(Tracker.NextDeadline(moment.After), Tracker<TableStore>.NextDeadline(next));
            state = next;
        }
    }

    [Property]
    public void And_so_do_many_requests_with_many_deadlines(int seed)
    {
        var random = new Random(seed);
        var limits = Limits.Default with { RememberedIds = 20, ExpiriesPerStep = 3 };
        var pure = Tracker.Step(TrackerState.Create(limits), new TrackerInput.Start { At = default }).State;
        var state = Tracker<TableStore>.Step(new(limits, new TableStore()), new TrackerInput.Start { At = default }).State;
        var now = Instant.Zero;
        for (var i = 0; i < Inputs; i++)
        {
            now += TimeSpan.FromMilliseconds(random.Next(4));
            var input = Input(random, now);
            (pure, var expected) = Tracker.Step(pure, input);
            (state, var outputs) = Tracker<TableStore>.Step(state, input);
            Assert.Equal(expected, outputs);
            Assert.Equal(Tracker.NextDeadline(pure), Tracker<TableStore>.NextDeadline(state));
        }

        Assert.Equal(pure, TableStore.Copied(state));
    }

    private static TrackerInput Input(Random random, Instant now)
    {
        var id = RequestId.Parse($"request {random.Next(Ids)}").Right();
        return random.Next(10) switch
        {
            < 6 => new TrackerInput.Register(id, TimeSpan.FromMilliseconds(random.Next(1, 2_000)), Route.ToCaller, None) { At = now },
            < 8 => new TrackerInput.Respond(Response.Success(id, RawJson.Null), Origin.OwnSocket) { At = now },
            _ => new TrackerInput.TimePassed { At = now },
        };
    }
}
