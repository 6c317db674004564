using Acomm.Domain;
using LanguageExt;

namespace Acomm.Effects;

/// <summary>How a stop went.</summary>
/// <param name="CutRequests">Requests that were still open at its limit.</param>
/// <param name="CutHandlers">Handlers that were still running at its limit.</param>
public readonly record struct StopReport(long CutRequests, int CutHandlers);

/// <summary>One node: it calls, serves tasks, and passes on what is meant for others. Everything it touches is a capability.</summary>
public sealed class AcommNode : IAcomm, IDisposable
{
    private const long NotStarted = -1;

    private static readonly TimeSpan Parting = TimeSpan.FromMilliseconds(100);

    private readonly NodeCapabilities can;
    private readonly RunningTracker tracker;
    private readonly Limits limits;
    private readonly Courier courier;
    private readonly Caller caller;
    private readonly CallPipeline outgoing;
    private readonly Receiver receiver;
    private readonly HandlerPlaces places;
    private readonly HandlerCount handlers = new();
    private readonly WorkCount sendings = new();
    private readonly StopSignal stop = new();
    private readonly Proxy proxy;
    private readonly AwaitedCalls calls;
    private readonly IEnumerable<TaskName> served;
    private readonly StatusReports reports;
    private long bytesReceived;
    private long startedTicks = NotStarted;

    /// <summary>A node that is not started yet.</summary>
    /// <param name="settings">What it is told of itself.</param>
    /// <param name="can">What it can do to the world.</param>
    /// <param name="tasks">What it serves.</param>
    /// <param name="payloads">Converts args and results.</param>
    /// <param name="interceptors">What stands around its calls and handlers, the outermost first.</param>
    public AcommNode(NodeSettings settings, NodeCapabilities can, TaskTable tasks, PayloadCodec payloads, params AcommInterceptor[] interceptors)
    {
        (this.can, Payloads, Address, limits) = (can, payloads, settings.OwnHook, settings.Limits);
        var hooks = new HookSource(settings, can);
        var carrier = new StreamCarrier(can.Streams);
        courier = new Courier(settings.Limits, can);
        var responder = new Responder(settings, can, carrier, courier);
        tracker = new RunningTracker(settings.Limits, can.Time, Forward);
        var givingUp = new GivingUp(tracker, courier);
        proxy = new Proxy(settings, can, tracker, hooks, carrier, courier, givingUp, responder, sendings, stop);
        caller = new Caller(settings, can, tracker, hooks, carrier, courier, givingUp, sendings);
        calls = new AwaitedCalls(can.Time, stop);
        outgoing = new CallPipeline(caller, can.Events, interceptors);
        var handled = tasks.With(HandlerPipeline.Of(interceptors));
        served = tasks.Names;
        reports = new StatusReports(can.Time, Report);
        places = new HandlerPlaces(AdmissionState.Create(settings.Limits, tasks.Concurrency));
        receiver = new Receiver(settings, can, tracker, handled, places, new Runner(settings, can, tracker, handled, carrier, responder, stop), proxy, handlers, calls);
    }

    /// <inheritdoc/>
    public Address Address { get; }

    /// <inheritdoc/>
    public PayloadCodec Payloads { get; }

    /// <inheritdoc/>
    public int Outstanding => tracker.Outstanding;

    /// <summary>Where in its life the node is.</summary>
    public TrackerPhase Phase => tracker.Phase;

    /// <summary>What happened so far.</summary>
    public Tally Tally => tracker.Tally;

    /// <summary>The tracker's state at this moment, copied: that takes as long as much is open.</summary>
    public TrackerState State => tracker.State;

    /// <summary>The requests that are in handlers and that wait for them.</summary>
    public AdmissionState Handlers => places.State;

    /// <summary>
    /// What the node is doing, at a glance: made when it is asked for, once a second at most, and less often where so much is
    /// open that it takes long. Its parts are counted one after the other while the node works, so they may differ by what
    /// happened in between.
    /// </summary>
    public StatusReport Status => reports.Current();

    /// <summary>Bytes of all documents that came in, without what frames them.</summary>
    public long BytesReceived => Interlocked.Read(ref bytesReceived);

    /// <summary>Bytes of all documents that were sent, each counted once, without what frames them.</summary>
    public long BytesSent => courier.Bytes;

    /// <inheritdoc/>
    public IStreams Streams => can.Streams;

    /// <inheritdoc/>
    public PendingCall Begin(Address to, TaskName task, RawJson args, CallOptions options) => outgoing.Begin(to, task, args, options);

    /// <inheritdoc/>
    public Task<Either<AcommError, Unit>> SendAsync(Address to, Request request, CancellationToken cancel = default) =>
        courier.SendAsync(Sending.Request, to, Document.Write(request), Reach.Anywhere, limits.RequestTimeout, cancel);

    /// <inheritdoc/>
    public Task<Either<AcommError, Unit>> SendAsync(Address to, Response response, CancellationToken cancel = default) =>
        courier.SendAsync(Sending.Answer, to, Document.Write(response), Reach.Anywhere, limits.RequestTimeout, cancel);

    /// <summary>Takes a document from the node's unix socket, and who sent it, if that is known. What follows goes on by itself.</summary>
    public Acknowledgement ReceiveOnSocket(ReadOnlyMemory<byte> document, PeerIdentity? from = null) => Begin(TakeOnSocket(document, from));

    /// <summary>Takes a document as <see cref="ReceiveOnSocket"/> does, and leaves it to the caller on which thread its handling is executed.</summary>
    /// <param name="document">The document.</param>
    /// <param name="from">Who sent it, if that is known.</param>
    /// <param name="isBorrowed">Whether the document's memory is used again after this: what is kept of it is copied then.</param>
    public Received TakeOnSocket(ReadOnlyMemory<byte> document, PeerIdentity? from = null, bool isBorrowed = false) =>
        receiver.OnSocket(Counted(document), from ?? PeerIdentity.Local, isBorrowed);

    /// <summary>Takes a request that came over HTTP.</summary>
    public Acknowledgement ReceiveRequest(ReadOnlyMemory<byte> document, IpAddress caller) => Begin(receiver.RequestOverHttp(Counted(document), caller));

    /// <summary>Takes a response that came over HTTP with the token of its hook.</summary>
    public Acknowledgement ReceiveResponse(ReadOnlyMemory<byte> document, IpAddress from, Option<Token> token) =>
        Begin(receiver.ResponseOverHttp(Counted(document), from, token));

    /// <summary>Takes work from now on; again, after a stop.</summary>
    public void Start()
    {
        stop.Reset();
        if (tracker.Phase is TrackerPhase.Created or TrackerPhase.Stopped)
            Interlocked.Exchange(ref startedTicks, tracker.Now.Ticks);
        tracker.Start();
    }

    /// <summary>
    /// Refuses new work at once and waits until every open request was answered or timed out, every handler is through
    /// and every answer is sent; after <paramref name="limit"/> it cuts what is left (at once, if that is negative; never, if
    /// it is longer than 49 days). Twice is the same as once.
    /// A handler may stop its own node: its own end is not waited for.
    /// </summary>
    public async Task<StopReport> StopAsync(Option<TimeSpan> limit)
    {
        handlers.StepAside();
        var life = stop.BeginEnd();
        var drained = tracker.StopAsync(limit);
        var through = ThroughAsync(drained);
        await WithinAsync(through, limit).ConfigureAwait(false);
        var report = through.IsCompleted ? new StopReport(await drained.ConfigureAwait(false), 0) : await CutAsync(drained, life).ConfigureAwait(false);
        if (report != default)
            can.Events.Record(new NodeEvent.Cut(report.CutRequests, report.CutHandlers));
        return report;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        tracker.Dispose();
        calls.Dispose();
        stop.Dispose();
    }

    private StatusReport Report()
    {
        var now = tracker.Now;
        return new StatusReport
        {
            Address = Address,
            Phase = tracker.Phase,
            Uptime = Interlocked.Read(ref startedTicks) is >= 0 and var started ? now - new Instant(started) : TimeSpan.Zero,
            Requests = OutstandingSummary.Of(tracker.Open, now),
            Tally = tracker.Tally,
            Handlers = HandlerStatus.Of(places.State, served),
            Bytes = new DocumentBytes(BytesReceived, BytesSent),
            Limits = limits,
        };
    }

    private async Task ThroughAsync(Task drained)
    {
        await drained.ConfigureAwait(false);
        await handlers.WhenIdleAsync().ConfigureAwait(false);
        await sendings.WhenIdleAsync().ConfigureAwait(false);
    }

    private async Task WithinAsync(Task through, Option<TimeSpan> limit)
    {
        using var over = new CancellationTokenSource();
        var ends = limit.Filter(l => l <= DeadlineTimer.Longest).Match(
            Some: l => Task.Delay(l < TimeSpan.Zero ? TimeSpan.Zero : l, can.Time, over.Token),
            None: () => through);
        await Task.WhenAny(through, ends).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
    }

    // The tracker's own timer cuts its requests within a tick of the limit. Who waits for them is told, if he listens at once.
    private async Task<StopReport> CutAsync(Task<long> drained, StopSignal.Life life)
    {
        var cut = await drained.ConfigureAwait(false);
        var left = handlers.Running;
        await life.EndHandlersAsync().ConfigureAwait(false);
        await WithinAsync(ThroughAsync(drained), Parting).ConfigureAwait(false);
        await life.EndSendingsAsync().ConfigureAwait(false);
        return new StopReport(cut, left);
    }

    private ReadOnlyMemory<byte> Counted(ReadOnlyMemory<byte> document)
    {
        Interlocked.Add(ref bytesReceived, document.Length);
        return document;
    }

    private void Forward(TrackerOutput.Forward forward) => proxy.Forward(forward);

    private static Acknowledgement Begin(Received received)
    {
        if (received.Work.Case is IThreadPoolWorkItem work)
            ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);
        return received.Acknowledgement;
    }
}
