using Acomm.Domain;
using LanguageExt;

namespace Acomm.Properties.Simulation;

/// <summary>What is simulated: the pure functions of the domain, each of which a test double may break.</summary>
internal sealed record Core
{
    public static readonly Core Real = new();

    public Func<Limits, TrackerState> Create { get; init; } = TrackerState.Create;

    public Func<TrackerState, TrackerInput, (TrackerState State, Seq<TrackerOutput> Outputs)> Step { get; init; } = Tracker.Step;

    public Func<TrackerState, Option<Instant>> NextDeadline { get; init; } = Tracker.NextDeadline;

    public Func<FrameDecoder, ReadOnlyMemory<byte>, FrameStep> Feed { get; init; } = (decoder, bytes) => decoder.Feed(bytes.Span);

    public Func<FrameDecoder, Option<AcommError>> End { get; init; } = decoder => decoder.End();

    public Func<Request, ReadOnlyMemory<byte>> WriteRequest { get; init; } = Document.Write;

    public Func<Response, ReadOnlyMemory<byte>> WriteResponse { get; init; } = Document.Write;

    public Func<ReadOnlyMemory<byte>, Limits, Either<AcommError, Message>> ReadMessage { get; init; } = Document.ReadMessage;

    public Func<Address, ReadOnlyMemory<byte>, Limits, Either<AcommError, Unit>> ReadAck { get; init; } = Acks.Read;

    public Func<Request, Arrival, OutsidePolicy, Func<TaskName, bool>, Address, Option<Address>, Intake> Decide { get; init; } = Intake.Decide;

    public Func<Request, Address, Address, Address, Reach, ProxyPlan> PassOn { get; init; } = ProxyPlan.PassOn;

    public Func<Response, Origin, Address, StreamStep> AnswerStream { get; init; } = ProxyPlan.AnswerStream;

    public Func<AdmissionState, AdmissionInput, (AdmissionState State, Option<AdmissionOutput> Output)> Admit { get; init; } = Admission.Step;

    public Func<Sending, AcommError, int, TimeSpan, double, Option<TimeSpan>> RetryAfter { get; init; } = Retry.After;
}
