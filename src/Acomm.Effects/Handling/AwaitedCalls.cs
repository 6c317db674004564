using Acomm.Domain;
using LanguageExt;

namespace Acomm.Effects;

/// <summary>
/// The requests in handlers whose callers said how long they wait: interrupted when that time is over, never before, and
/// when their caller cancels. There is one timer for all of them, and nothing is known of other requests.
/// </summary>
internal sealed class AwaitedCalls : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<CallKey, AwaitedCall> byKey = [];
    private readonly DueTable<AwaitedCall> due = new();
    private readonly TimeProvider time;
    private readonly StopSignal stop;
    private readonly long origin;
    private readonly DeadlineTimer timer;

    public AwaitedCalls(TimeProvider time, StopSignal stop)
    {
        (this.time, this.stop) = (time, stop);
        origin = time.GetTimestamp();
        timer = new DeadlineTimer(time, Expire);
    }

    private Instant Now => new(time.GetElapsedTime(origin).Ticks);

    /// <summary>Takes a request in; null if nobody waits for its answer, or it is not said how long.</summary>
    /// <param name="request">The request.</param>
    /// <param name="hook">The hook that it came with.</param>
    /// <param name="from">Who sent it.</param>
    public AwaitedCall? Enter(Request request, Option<Address> hook, PeerIdentity from)
    {
        if (request.Timeout.IsNone || hook.IsNone)
            return null;
        var now = Now;
        var call = new AwaitedCall(this, (now + (TimeSpan)request.Timeout).RoundedUpTo(Tracker.Tick), CallKey.Of(request.Id, hook, from));
        lock (gate)
        {
            call.Place = due.Add(call);

            // Of two that cannot be told apart the first is meant.
            if (call.Key.IsSome)
                byKey.TryAdd((CallKey)call.Key, call);
            timer.Arm(call.Deadline, now);
        }

        call.CutBy(stop.Handlers);
        return call;
    }

    /// <summary>Interrupts a request, if it is there.</summary>
    public void Cancel(CallKey key)
    {
        if (Find(key) is { } call)
            call.Interrupt(Interruption.GivenUp);
    }

    public void Leave(AwaitedCall call)
    {
        lock (gate)
            Remove(call);
    }

    public TimeSpan TimeUntil(Instant deadline)
    {
        var left = deadline - Now;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    public void Dispose()
    {
        lock (gate)
            timer.Dispose();
    }

    private AwaitedCall? Find(CallKey key)
    {
        lock (gate)
            return byKey.GetValueOrDefault(key);
    }

    private void Expire()
    {
        while (TakeDue() is { } over)
            over.Interrupt(Interruption.TimeOver);
    }

    private AwaitedCall? TakeDue()
    {
        lock (gate)
        {
            var now = Now;
            var first = due.First;
            if (first.Case is AwaitedCall over && over.Deadline <= now)
            {
                Remove(over);
                return over;
            }

            timer.Rearm(first.Map(call => call.Deadline), now);
            return null;
        }
    }

    private void Remove(AwaitedCall call)
    {
        if (call.Place is not { } place)
            return;
        due.Remove(place);
        call.Place = null;
        if (call.Key.IsSome && byKey.TryGetValue((CallKey)call.Key, out var known) && known == call)
            byKey.Remove((CallKey)call.Key);
    }
}
