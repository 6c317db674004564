using Acomm.Domain;
using LanguageExt;
using static Acomm.Properties.Simulation.BrokenCore;
using static LanguageExt.Prelude;

namespace Acomm.Properties.Simulation;

/// <summary>Cores that complete what they should not, or not as they should.</summary>
internal static class BrokenCompletions
{
    public static IReadOnlyList<BrokenCore> All { get; } =
    [
        new("a caller hears twice", Invariant.ExactlyOnce, () => Saying((input, outputs) =>
            input is TrackerInput.Cancel ? Delivering(outputs, d => Seq<TrackerOutput>(d, d)) : outputs)),
        new("a given up request is forgotten without a word", Invariant.AcceptedCompletes, () => Saying((input, outputs) =>
            input is TrackerInput.Cancel ? Delivering(outputs, _ => Empty) : outputs)),
        new("a drop is not counted", Invariant.InboundConservation, () => Stepping((state, input) =>
        {
            var (after, outputs) = Tracker.Step(state, input);
            return (outputs.Exists(o => o is TrackerOutput.Dropped) ? state : after, outputs);
        })),
        new("giving up goes by the id, whoever has it now", Invariant.Ownership, () => Hearing((state, input) =>
            input is TrackerInput.Cancel cancel ? cancel with { Handle = Holder(state, cancel.Handle.Id).IfNone(cancel.Handle) } : input)),
        new("a start speaks of the last completion again", Invariant.CompletionIsFinal, () =>
        {
            var last = Empty;
            return Saying((input, outputs) =>
            {
                if (input is TrackerInput.Start)
                    return last;
                last = outputs.Find(o => o is TrackerOutput.Deliver).Match(Some: o => Seq1(o), None: () => last);
                return outputs;
            });
        }),
        new("a response on the socket is not taken for what came over HTTP", Invariant.AcceptedCompletes, () => Stepping((state, input) =>
            input is TrackerInput.Respond { Origin: Origin.Local } respond && state.Entries.Find(respond.Response.Id).Exists(e => e.Route is Route.Forward)
                ? (state, Seq1<TrackerOutput>(new TrackerOutput.Dropped(respond.Response.Id, DropReason.Unknown)))
                : Tracker.Step(state, input))),
        new("the loser of a tie is heard too", Invariant.TieHasOneWinner, () => Stepping((state, input) =>
        {
            var (after, outputs) = Tracker.Step(state, input);
            var isDue = input is TrackerInput.Respond respond && state.Entries.Find(respond.Response.Id).Exists(e => e.Deadline <= input.At);
            return (after, isDue
                ? Delivering(outputs, d => Seq<TrackerOutput>(d, d with { Completion = new Completion.TimedOut(TimeSpan.Zero) }))
                : outputs);
        })),
        new("a result gets lost on its way to the caller", Invariant.Fidelity, () => Saying((_, outputs) => Delivering(outputs, d =>
            Seq1<TrackerOutput>(d.Completion is Completion.Answered { Response.Outcome: Outcome.Success } answered
                ? d with { Completion = answered with { Response = answered.Response with { Outcome = new Outcome.Success(RawJson.Null) } } }
                : d)))),
        new("an entry is there until the next step", Invariant.GoneBeforeItsHandler, () => Stepping((state, input) =>
            input is TrackerInput.SendFailed ? (state, Tracker.Step(state, input).Outputs) : Tracker.Step(state, input))),
        new("a request that may have been sent is given up", Invariant.NotSentMeansNoByte, () => Hearing((_, input) =>
            input is TrackerInput.SendFailed { Error: AcommError.PeerClosed closed } failed
                ? failed with { Error = new AcommError.PeerUnreachable(closed.Address, closed.Reason) }
                : input)),
        new("who shows no token is believed", Invariant.NobodyForges, () => Hearing((state, input) =>
            input is TrackerInput.Respond { Origin: Origin.External { Token.IsNone: true } } respond ? WithTheToken(state, respond) : input)),
        new("the token of an earlier request opens the later one", Invariant.OneEntryForAnId, BelievesOldTokens),
        new("the limit of a stop is not heard", Invariant.StopEnds, () => Hearing((_, input) =>
            input is TrackerInput.Stop stop ? stop with { Limit = None } : input)),
    ];

    private static readonly Seq<TrackerOutput> Empty = Seq<TrackerOutput>();

    private static Core BelievesOldTokens()
    {
        var old = new System.Collections.Generic.HashSet<(RequestId, Token)>();
        var core = Stepping((state, input) =>
        {
            var heard = input is TrackerInput.Respond { Origin: Origin.External { Token.Case: Token shown } } respond && old.Contains((respond.Response.Id, shown))
                ? WithTheToken(state, respond)
                : input;
            var (after, outputs) = Tracker.Step(state, heard);
            if (input is TrackerInput.Register { Token.Case: Token token } register && outputs.Exists(o => o is TrackerOutput.Admitted))
                old.Add((register.Id, token));
            return (after, outputs);
        });

        // Tokens of a process that died are forgotten with it.
        return core with
        {
            Create = limits =>
            {
                old.Clear();
                return TrackerState.Create(limits);
            },
        };
    }

    private static TrackerInput.Respond WithTheToken(TrackerState state, TrackerInput.Respond respond) =>
        respond.Origin is Origin.External external && state.Entries.Find(respond.Response.Id).Case is Entry entry
            ? respond with { Origin = external with { Token = entry.Token } }
            : respond;
}
