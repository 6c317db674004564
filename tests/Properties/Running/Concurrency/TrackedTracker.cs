using System.Collections.Concurrent;
using Acomm.Domain;
using Acomm.Effects;
using LanguageExt;

namespace Acomm.Properties.Running.Concurrency;

/// <summary>The running tracker.</summary>
internal sealed class TrackedTracker : ITracked
{
    private readonly ConcurrentQueue<TrackerOutput.Forward> forwarded = new();
    private readonly RunningTracker tracker;

    public TrackedTracker(Limits limits, TimeProvider time) => tracker = new RunningTracker(limits, time, forwarded.Enqueue);

    public TrackerState State => tracker.State;

    public IReadOnlyList<TrackerOutput.Forward> Forwarded => [.. forwarded];

    public void Start() => tracker.Start();

    public Held Register(TrackerInput.Register asked) => tracker.Register(asked.Id, asked.Timeout, asked.Route, asked.Token).Match(
        Right: r => Held.Of(asked.Id, r.Completion, () => tracker.Cancel(r.Handle), error => tracker.SendFailed(r.Handle, error)),
        Left: Held.Refused);

    public Acknowledgement Respond(Response response, Origin origin) =>
        tracker.Respond(response, origin).Match(Right: _ => Acknowledgement.Ok, Left: Acknowledgement.Refuse);

    public Task<long> StopAsync(Option<TimeSpan> limit) => tracker.StopAsync(limit);

    public void Dispose() => tracker.Dispose();
}
