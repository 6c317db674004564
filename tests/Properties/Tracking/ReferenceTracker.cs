using Acomm.Domain;
using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Properties.Tracking;

/// <summary>
/// The tracker as one would write it without a thought for cost: a list of what is open, a list of what is remembered, a
/// list of all that it ever said, searched from end to end each time. It shares no code with the real one.
/// </summary>
internal sealed class ReferenceTracker(Limits limits)
{
    private readonly List<Open> open = [];
    private readonly List<(RequestId Id, DropReason Reason, int Generation)> remembered = [];
    private readonly List<TrackerOutput> said = [];
    private TrackerPhase phase = TrackerPhase.Created;
    private Option<Instant> stop;
    private int generation;
    private int cut;

    private sealed record Open(Handle Handle, TrackerInput.Register Asked)
    {
        // The first multiple of 10 ms that is not before the deadline, or the end of time.
        public Instant Due
        {
            get
            {
                Int128 tick = 100_000;
                var exact = (Int128)Asked.At.Ticks + Asked.Timeout.Ticks;
                var over = ((exact % tick) + tick) % tick;
                return Limited(over == 0 ? exact : exact + tick - over);
            }
        }
    }

    public Observed Observed => new(
        phase,
        open.Count,
        open.Count,
        remembered.Count,
        stop,
        [.. open.Select(o => new Entry(o.Handle, o.Asked.Route, o.Asked.Token, o.Asked.Timeout, o.Due)).OrderBy(e => e.Handle.Number)],
        open.Count == 0 ? None : Some(open.Select(o => o.Due).Concat(stop).Min()),
        Observed.TallyOf(said));

    public IReadOnlyList<TrackerOutput> Step(TrackerInput input)
    {
        var before = said.Count;
        switch (input)
        {
            case TrackerInput.Start when phase is TrackerPhase.Created or TrackerPhase.Stopped:
                phase = TrackerPhase.Running;
                break;
            case TrackerInput.Register register:
                Register(register);
                break;
            case TrackerInput.Respond respond:
                Respond(respond);
                break;
            case TrackerInput.SendFailed { Error.Delivery: Delivery.NotSent or Delivery.Refused } failed:
                Complete(failed.Handle, new Completion.Rejected(failed.Error), DropReason.Late);
                break;
            case TrackerInput.Cancel cancel:
                Complete(cancel.Handle, new Completion.Cancelled(), DropReason.Late);
                break;
            case TrackerInput.TimePassed:
                for (var i = 0; i < limits.ExpiriesPerStep && open.Count > 0; i++)
                    Expire(open.OrderBy(o => o.Due).ThenBy(o => o.Handle.Number).First(), input.At);
                break;
            case TrackerInput.Stop stopping:
                Stop(stopping);
                break;
        }

        return said.Skip(before).ToList();
    }

    private static Instant Limited(Int128 ticks) => new((long)Int128.Min(ticks, long.MaxValue));

    private void Register(TrackerInput.Register input)
    {
        AcommError? refusal =
            phase == TrackerPhase.Created ? new AcommError.NotStarted()
            : phase is TrackerPhase.Draining or TrackerPhase.Stopped ? new AcommError.ShuttingDown()
            : input.Timeout.Ticks < 1 || input.Timeout.TotalDays > 30 ? new AcommError.TimeoutInvalid(input.Timeout, TimeSpan.FromDays(30))
            : open.Any(o => o.Handle.Id == input.Id) ? new AcommError.DuplicateId(input.Id)
            : open.Count == limits.Outstanding ? new AcommError.TrackerFull(limits.Outstanding)
            : null;
        if (refusal is not null)
        {
            said.Add(new TrackerOutput.Refused(input.Id, refusal));
            return;
        }

        var handle = new Handle(input.Id, said.OfType<TrackerOutput.Admitted>().Count());
        open.Add(new Open(handle, input));
        said.Add(new TrackerOutput.Admitted(handle));
    }

    private void Respond(TrackerInput.Respond input)
    {
        var id = input.Response.Id;
        if (open.Find(o => o.Handle.Id == id) is { } found)
        {
            if (input.Origin is Origin.Local || (input.Origin is Origin.External e && e.Token.IsSome && e.Token.Equals(found.Asked.Token)))
                Complete(found.Handle, new Completion.Answered(input.Response, input.Origin), DropReason.Duplicate);
            else
                said.Add(new TrackerOutput.Dropped(id, DropReason.Forbidden));
            return;
        }

        var known = remembered.Where(r => r.Id == id).ToList();
        said.Add(new TrackerOutput.Dropped(id, known.Count == 0 ? DropReason.Unknown : known[^1].Reason));
    }

    private void Expire(Open first, Instant now)
    {
        if (first.Due.Ticks <= now.Ticks)
        {
            Complete(first.Handle, new Completion.TimedOut(first.Asked.Timeout), DropReason.Late);
        }
        else if (stop.Exists(s => s.Ticks <= now.Ticks))
        {
            cut++;
            Complete(first.Handle, new Completion.Shutdown(), DropReason.Late);
        }
    }

    private void Stop(TrackerInput.Stop input)
    {
        phase = TrackerPhase.Draining;
        var limit = input.Limit.Map(l => Limited((Int128)input.At.Ticks + Math.Max(0, l.Ticks)));
        stop = stop.Concat(limit).OrderBy(i => i.Ticks).Take(1).HeadOrNone();
        DrainIfEmpty();
    }

    private void Complete(Handle handle, Completion completion, DropReason reason)
    {
        if (open.Find(o => o.Handle == handle) is not { } found)
            return;
        open.Remove(found);
        Remember(handle.Id, reason);
        said.Add(found.Asked.Route is Route.Forward forward
            ? new TrackerOutput.Forward(handle, completion, forward, ResponseOf(handle.Id, completion), found.Due)
            : new TrackerOutput.Deliver(handle, completion));
        DrainIfEmpty();
    }

    private static Response ResponseOf(RequestId id, Completion completion) => completion switch
    {
        Completion.Answered answered => answered.Response,
        Completion.TimedOut timedOut => Response.Failure(id, new AcommError.TimedOut(id, timedOut.Timeout).ToString()),
        Completion.Cancelled => Response.Failure(id, new AcommError.Cancelled(id).ToString()),
        Completion.Rejected rejected => Response.Failure(id, rejected.Error.ToString()),
        _ => Response.Failure(id, new AcommError.CutByShutdown(id).ToString()),
    };

    // When a generation is full, the one before it is forgotten as a whole. An id is in a generation once, as it ended last.
    private void Remember(RequestId id, DropReason reason)
    {
        if (remembered.Count(r => r.Generation == generation) == limits.RememberedIds)
        {
            remembered.RemoveAll(r => r.Generation < generation);
            generation++;
        }

        remembered.RemoveAll(r => r.Id == id && r.Generation == generation);
        remembered.Add((id, reason, generation));
    }

    private void DrainIfEmpty()
    {
        if (phase != TrackerPhase.Draining || open.Count > 0)
            return;
        said.Add(new TrackerOutput.Drained(cut));
        phase = TrackerPhase.Stopped;
        stop = None;
        cut = 0;
    }
}
