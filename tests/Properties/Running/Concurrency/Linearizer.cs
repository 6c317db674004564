using Acomm.Domain;
using Acomm.Properties.Tracking;
using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Properties.Running.Concurrency;

/// <summary>
/// Looks for one order of a history's operations in which the pure core, stepped one by one, gives every answer that was
/// got. An operation that returned before another was invoked stands before it; expiries may happen whenever something is
/// due, and must have happened where nothing else was under way. (The search is that of Wing and Gong, remembering where
/// it has been.)
/// </summary>
internal sealed class Linearizer
{
    // A timer counts whole milliseconds, and is never early.
    private static readonly TimeSpan TimerGrain = TimeSpan.FromMilliseconds(1);

    private readonly IReadOnlyList<Operation> history;
    private readonly System.Collections.Generic.HashSet<int> alone;
    private readonly TimeSpan slack;
    private readonly IReadOnlyList<TrackerOutput.Forward> forwarded;
    private readonly System.Collections.Generic.HashSet<Point> visited = [];
    private readonly Stack<Operation> order = new();
    private IReadOnlyList<Operation> longest = [];

    private Linearizer(IReadOnlyList<Operation> history, IReadOnlyList<TrackerOutput.Forward> forwarded)
    {
        (this.history, this.forwarded) = ([.. history.OrderBy(o => o.Returned)], forwarded);
        alone = [.. history.Where(IsAlone).Select(o => o.Number)];

        // Who sets the timer just when the clock moves on may have read the time before that.
        slack = history.Where(o => !alone.Contains(o.Number)).Select(o => o.Call).OfType<Call.Advance>().Aggregate(TimerGrain, (sum, a) => sum + a.By);
    }

    // How far a search has come: who is through, in which state that leaves the core, and who waits for the end of a stop.
    // The holder of a registration is the operation that made it.
    private sealed record Point(TrackerState State, Instant Now, long Through, long Stopping, int Forwards, Seq<int> Holders);

    /// <summary>Nothing if there is such an order; else the history and how far it can be explained.</summary>
    public static Option<string> Refute(Limits limits, IReadOnlyList<Operation> history, IReadOnlyList<TrackerOutput.Forward> forwarded)
    {
        var search = new Linearizer(history, forwarded);
        return search.Completes(new Point(TrackerState.Create(limits), Instant.Zero, 0, 0, 0, Seq<int>()))
            ? None
            : $"no sequential run gives these answers:\n  {string.Join("\n  ", history.OrderBy(o => o.Invoked))}\n"
                + $"passed on: {string.Join(", ", forwarded)}\n"
                + $"explained at most: {string.Join(", ", search.longest.Select(o => $"#{o.Number}"))}";
    }

    private bool Completes(Point point)
    {
        if (!visited.Add(point))
            return false;
        var open = history.Where(o => !Has(point.Through, o)).ToList();
        if (open.Count == 0)
            return point.Forwards == forwarded.Count && NobodyWasToldTooMuch(point);
        var overdue = Tracker.NextDeadline(point.State).Exists(due => due + slack <= point.Now);
        if (Tracker.NextDeadline(point.State).Exists(due => due <= point.Now)
            && Stepped(point, new TrackerInput.TimePassed { At = point.Now }, null).Exists(Completes))
        {
            return true;
        }

        // The open one that returned first is the first in the list: what was invoked later than that comes later.
        foreach (var next in open.Where(o => o.Invoked <= open[0].Returned))
        {
            if ((overdue && alone.Contains(next.Number)) || SomebodyKnowsMore(point, next))
                continue;
            order.Push(next);
            if (order.Count > longest.Count)
                longest = [.. order.Reverse()];
            if (Taken(point with { Through = With(point.Through, next) }, next).Exists(Completes))
                return true;
            order.Pop();
        }

        return false;
    }

    private bool IsAlone(Operation operation) =>
        history.All(other => other == operation || other.Returned < operation.Invoked || other.Invoked > operation.Returned);

    // Who had his result when he returned cannot still wait for it when something else is invoked.
    private bool SomebodyKnowsMore(Point point, Operation next) => history.Any(o =>
        o.Answer.IsAtOnce && o.Returned < next.Invoked
        && (Has(point.Stopping, o) || point.State.Entries.Values.Any(open => HolderOf(point, open.Handle) == o)));

    private bool NobodyWasToldTooMuch(Point point) =>
        point.State.Entries.Values.All(open => HolderOf(point, open.Handle).Answer.Outcome.IsNone)
        && history.Where(o => Has(point.Stopping, o)).All(o => o.Answer.Cut.IsNone);

    private Option<Point> Taken(Point point, Operation next) => next.Call switch
    {
        Call.Advance advance => point with { Now = point.Now + advance.By },
        Call.Look => next.Answer.Seen == Observed.Of(point.State) ? Some(point) : None,
        Call.Cancel cancel => HandleOf(point, cancel.Registration).Match(
            Some: handle => Stepped(point, new TrackerInput.Cancel(handle) { At = point.Now }, next),
            None: () => point),
        Call.SendFailed failed => HandleOf(point, failed.Registration).Match(
            Some: handle => Stepped(point, new TrackerInput.SendFailed(handle, failed.Error) { At = point.Now }, next),
            None: () => point),
        Call.Input { Value: TrackerInput.Stop stop } => Stepped(point with { Stopping = With(point.Stopping, next) }, stop with { At = point.Now }, next),
        Call.Input input => Stepped(point, input.Value with { At = point.Now }, next),
        _ => None,
    };

    private Option<Point> Stepped(Point point, TrackerInput input, Operation? asked)
    {
        (var state, var outputs) = Tracker.Step(point.State, input);
        var isTaken = input is TrackerInput.Respond && outputs.ForAll(o => o is not TrackerOutput.Dropped);
        if (isTaken && asked!.Answer.Acknowledged != Some(Acknowledgement.Ok))
            return None;
        return outputs.Fold(Some(point with { State = state }), (at, output) => at.Bind(p => Said(p, output, asked)));
    }

    // What the core says has to be what somebody was told.
    private Option<Point> Said(Point point, TrackerOutput output, Operation? asked)
    {
        switch (output)
        {
            case TrackerOutput.Admitted:
                return point with { Holders = point.Holders.Add(asked!.Number) };
            case TrackerOutput.Refused refused:
                return asked!.Answer.Outcome == Some(Left<AcommError, Response>(refused.Error)) ? Some(point) : None;
            case TrackerOutput.Dropped dropped:
                return asked!.Answer.Acknowledged == Some(Acknowledgement.Refuse(dropped.Error)) ? Some(point) : None;
            case TrackerOutput.Deliver deliver:
                return Ended(point, deliver.Handle, deliver.Completion);
            case TrackerOutput.Forward forward when point.Forwards < forwarded.Count && forwarded[point.Forwards] == forward:
                return Ended(point with { Forwards = point.Forwards + 1 }, forward.Handle, forward.Completion);
            case TrackerOutput.Drained drained:
                return history.Where(o => Has(point.Stopping, o)).All(o => o.Answer.Cut == Some(drained.Cut)) ? point with { Stopping = 0 } : None;
            default:
                return None;
        }
    }

    private Option<Point> Ended(Point point, Handle handle, Completion completion) =>
        HolderOf(point, handle).Answer.Outcome == Some(completion.ToEither(handle.Id)) ? Some(point) : None;

    private Operation HolderOf(Point point, Handle handle) => history.Single(o => o.Number == point.Holders[(int)handle.Number]);

    private Option<Handle> HandleOf(Point point, int registration)
    {
        var number = point.Holders.ToList().IndexOf(registration);
        if (number < 0)
            return None;
        var asked = (Call.Input)history.Single(o => o.Number == registration).Call;
        return new Handle(((TrackerInput.Register)asked.Value).Id, number);
    }

    private static bool Has(long set, Operation operation) => (set & (1L << operation.Number)) != 0;

    private static long With(long set, Operation operation) => set | (1L << operation.Number);
}
