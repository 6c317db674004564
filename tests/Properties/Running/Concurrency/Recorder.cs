using System.Collections.Concurrent;
using Acomm.Domain;
using Acomm.Properties.Generators;
using Acomm.Properties.Tracking;
using LanguageExt;
using Microsoft.Extensions.Time.Testing;
using static LanguageExt.Prelude;

namespace Acomm.Properties.Running.Concurrency;

/// <summary>Makes moves on something tracked, from any thread, and writes down what was asked, when, and what came of it.</summary>
internal sealed class Recorder(ITracked tracked, FakeTimeProvider time)
{
    private readonly long origin = time.GetTimestamp();
    private readonly ConcurrentQueue<(Operation Operation, Func<Answered> Answer)> operations = new();
    private readonly List<(int Number, Held Held)> registrations = [];
    private long stamp = -1;
    private int number = -1;

    public void Play(int thread, Move move)
    {
        switch (tracked.Able(move))
        {
            case Move.Start:
                Ask(thread, new Call.Input(new TrackerInput.Start { At = default }), tracked.Start);
                break;
            case Move.Register register:
                Register(thread, register);
                break;
            case Move.Respond respond:
                var (response, from) = (TrackerWords.ResponseOf(respond.Id, respond.Payload), TrackerWords.OriginOf(respond.Sender));
                Ask(thread, new Call.Input(new TrackerInput.Respond(response, from) { At = default }), _ =>
                {
                    var said = tracked.Respond(response, from);
                    return () => new Answered { Acknowledged = said };
                });
                break;
            case Move.Cancel cancel when Nth(cancel.Nth) is { } held:
                Ask(thread, new Call.Cancel(held.Number), held.Held.Cancel);
                break;
            case Move.SendFailed failed when Nth(failed.Nth) is { } held:
                var error = TrackerWords.ErrorOf(failed.Delivery);
                Ask(thread, new Call.SendFailed(held.Number, error), () => held.Held.SendFailed(error));
                break;
            case Move.Stop stop:
                Ask(thread, new Call.Input(new TrackerInput.Stop(Optional(stop.Limit)) { At = default }), _ =>
                {
                    var end = tracked.StopAsync(Optional(stop.Limit));
                    var isOver = end.IsCompleted;
                    return () => new Answered { Cut = end.IsCompletedSuccessfully ? end.Result : Option<long>.None, IsAtOnce = isOver };
                });
                break;
            case Move.Pass pass:
                Advance(thread, Wait(pass.After));
                break;
            default:
                Look(thread);
                break;
        }
    }

    public void Advance(int thread, TimeSpan by) => Ask(thread, new Call.Advance(by), () => time.Advance(by));

    public void Look(int thread) => Ask(thread, new Call.Look(), _ =>
    {
        var seen = Observed.Of(tracked.State);
        return () => new Answered { Seen = seen };
    });

    /// <summary>Everything that was asked, with what had come of it by now.</summary>
    public IReadOnlyList<Operation> History() => [.. operations.Select(o => o.Operation with { Answer = o.Answer() })];

    private void Register(int thread, Move.Register move)
    {
        var asked = new TrackerInput.Register(
            TrackerWords.Id(move.Id),
            move.Timeout,
            move.Forwarded ? new Route.Forward(TrackerWords.Hook, Reach.Anywhere) : Route.ToCaller,
            TrackerWords.TokenOf(move.Secret))
        { At = default };
        Ask(thread, new Call.Input(asked), own =>
        {
            var held = tracked.Register(asked);
            lock (registrations)
                registrations.Add((own, held));
            var isOver = held.Outcome().IsSome;
            return () => new Answered { Outcome = held.Outcome(), IsAtOnce = isOver };
        });
    }

    private void Ask(int thread, Call call, Action what) => Ask(thread, call, _ =>
    {
        what();
        return () => new Answered();
    });

    private void Ask(int thread, Call call, Func<int, Func<Answered>> what)
    {
        var own = Interlocked.Increment(ref number);
        var invoked = Interlocked.Increment(ref stamp);
        var answer = what(own);
        operations.Enqueue((new Operation(own, thread, call, invoked, Interlocked.Increment(ref stamp), new Answered()), answer));
    }

    private (int Number, Held Held)? Nth(int nth)
    {
        lock (registrations)
            return registrations.Count == 0 ? null : registrations[nth % registrations.Count];
    }

    private TimeSpan Wait(Pace pace)
    {
        var now = new Instant(time.GetElapsedTime(origin).Ticks);
        var wait = pace.ToDeadline || pace.Ticks == 0
            ? Tracker.NextDeadline(tracked.State).Match(Some: due => due - now, None: () => TimeSpan.Zero) + new TimeSpan(pace.Ticks)
            : new TimeSpan(pace.Ticks);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
