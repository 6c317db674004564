using Acomm.Domain;
using static Acomm.Properties.Simulation.BrokenCore;
using static LanguageExt.Prelude;

namespace Acomm.Properties.Simulation;

/// <summary>Cores that admit what they should not, or whose refusals do something.</summary>
internal static class BrokenRegistrations
{
    public static IReadOnlyList<BrokenCore> All { get; } =
    [
        new("a refused duplicate removes the first", Invariant.RefusalIsInert, () => Stepping((state, input) =>
        {
            var (after, outputs) = Tracker.Step(state, input);
            return input is TrackerInput.Register register && outputs.Exists(o => o is TrackerOutput.Refused { Error: AcommError.DuplicateId })
                ? (Holder(after, register.Id).Fold(after, (s, handle) => Tracker.Step(s, new TrackerInput.Cancel(handle) { At = input.At }).State), outputs)
                : (after, outputs);
        })),
        new("a second request takes the place of the first", Invariant.OneEntryForAnId, () => Stepping((state, input) =>
            input is TrackerInput.Register register && state.Phase == TrackerPhase.Running
                ? Tracker.Step(Holder(state, register.Id).Fold(state, (s, handle) => Tracker.Step(s, new TrackerInput.Cancel(handle) { At = input.At }).State), input)
                : Tracker.Step(state, input))),
        new("a registration leaves something behind", Invariant.Conservation, () => Stepping((state, input) =>
        {
            var (after, outputs) = Tracker.Step(state, input);
            return input is TrackerInput.Register register && outputs.Exists(o => o is TrackerOutput.Admitted) && !after.Entries.ContainsKey(Ghost)
                ? (Tracker.Step(after, register with { Id = Ghost }).State, outputs)
                : (after, outputs);
        })),
        new("a request is admitted before it is registered", Invariant.RegisteredBeforeSent, () => Stepping((state, input) =>
        {
            var (after, outputs) = Tracker.Step(state, input);
            return (outputs.Exists(o => o is TrackerOutput.Admitted) ? state : after, outputs);
        })),
        new("a stop lets registrations through", Invariant.StopIsABarrier, () => Saying((input, outputs) =>
            input is TrackerInput.Register register && outputs.Exists(o => o is TrackerOutput.Refused { Error: AcommError.ShuttingDown })
                ? Seq1<TrackerOutput>(new TrackerOutput.Admitted(new Handle(register.Id, long.MaxValue)))
                : outputs)),
        new("one more than the limit is admitted", Invariant.WithinTheLimits, () => Core.Real with
        {
            Create = limits => TrackerState.Create(limits with { Outstanding = limits.Outstanding + 1 }),
        }),
        new("a handler is entered though it has no place", Invariant.HandlersHavePlaces, () => Core.Real with
        {
            Admit = (state, input) => Admission.Step(state, input) is var (after, output) && output.Case is AdmissionOutput.Wait wait
                ? (state, new AdmissionOutput.Run(wait.Ticket))
                : (after, output),
        }),
        new("a place is not given back", Invariant.HandlersHavePlaces, () => Core.Real with
        {
            Admit = (state, input) => input is AdmissionInput.Finish ? (state, default) : Admission.Step(state, input),
        }),
        new("ended requests are remembered for ever", Invariant.WithinTheLimits, () => Core.Real with
        {
            Create = limits => TrackerState.Create(limits with { RememberedIds = int.MaxValue }),
        }),
    ];

    private static readonly RequestId Ghost = Known.Id($"ghost");
}
