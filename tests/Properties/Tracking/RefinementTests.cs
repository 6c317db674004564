using Acomm.Properties.Generators;
using FsCheck.Xunit;
using Xunit;

namespace Acomm.Properties.Tracking;

/// <summary>The tracker does what the plain reference does, step for step.</summary>
[Props(typeof(TrackerScripts), 1_000)]
public class RefinementTests
{
    [Property]
    public void The_tracker_says_and_shows_what_the_reference_does_at_every_step(Script script)
    {
        var reference = new ReferenceTracker(script.Limits);
        foreach (var moment in History.Ended(script).Moments)
        {
            Assert.Equal(reference.Step(moment.Input), moment.Outputs);
            Assert.Equal(reference.Observed, Observed.Of(moment.After));
        }
    }
}
