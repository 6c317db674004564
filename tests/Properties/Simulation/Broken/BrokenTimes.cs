using Acomm.Domain;
using static Acomm.Properties.Simulation.BrokenCore;
using static LanguageExt.Prelude;

namespace Acomm.Properties.Simulation;

/// <summary>Cores with a wrong idea of time or order.</summary>
internal static class BrokenTimes
{
    public static IReadOnlyList<BrokenCore> All { get; } =
    [
        new("what is due in the next tick expires with this one", Invariant.DeadlineKept, () => Hearing((_, input) =>
            input is TrackerInput.TimePassed ? input with { At = input.At + TimeSpan.FromMilliseconds(10) } : input)),
        new("the next deadline is asked for too late", Invariant.DeadlineKept, () => Core.Real with
        {
            NextDeadline = state => Tracker.NextDeadline(state).Map(next => next + TimeSpan.FromMilliseconds(10)),
        }),
        new("a request inherits the timer of the last one with its id", Invariant.DeadlineKept, InheritsTimers),
        new("equal deadlines expire in any order", Invariant.OneHistory, () => Saying((input, outputs) =>
            input is TrackerInput.TimePassed && !outputs.Exists(o => o is TrackerOutput.Drained) ? Seq(outputs.Reverse()) : outputs)),
        new("a message that may have arrived is sent again", Invariant.NotSentMeansNoByte, () => Core.Real with
        {
            RetryAfter = (_, _, attempts, _, _) => attempts < 3 ? Some(TimeSpan.FromMilliseconds(50)) : None,
        }),
        new("an answer is sent again after its deadline", Invariant.DeadlineKept, () => Core.Real with
        {
            RetryAfter = (sending, error, attempts, _, jitter) => Retry.After(sending, error, attempts, TimeSpan.MaxValue, jitter),
        }),
    ];

    private static Core InheritsTimers()
    {
        var due = new Dictionary<RequestId, Instant>();
        return Hearing((_, input) =>
        {
            if (input is not TrackerInput.Register register || register.Timeout <= TimeSpan.Zero)
                return input;
            if (due.TryGetValue(register.Id, out var old) && old > input.At)
                return register with { Timeout = old - input.At };
            due[register.Id] = input.At + register.Timeout;
            return input;
        });
    }
}
