using Acomm.Domain;
using LanguageExt;

namespace Acomm.Properties.Running.Concurrency;

/// <summary>Something that claims to track requests like the pure core, called from several threads at once.</summary>
internal interface ITracked : IDisposable
{
    TrackerState State { get; }

    /// <summary>What was passed on to other nodes' hooks, in order.</summary>
    IReadOnlyList<TrackerOutput.Forward> Forwarded { get; }

    /// <summary>The move that this one can make in place of another.</summary>
    Generators.Move Able(Generators.Move move) => move;

    void Start();

    Held Register(TrackerInput.Register asked);

    Acknowledgement Respond(Response response, Origin origin);

    Task<long> StopAsync(Option<TimeSpan> limit);

    /// <summary>When nothing is open: until everybody was told.</summary>
    Task SettledAsync() => Task.CompletedTask;
}

/// <summary>A registration as its caller holds it: its outcome as soon as there is one, a refusal included, and what can be done to it.</summary>
internal sealed record Held(Func<Option<Either<AcommError, Response>>> Outcome, Action Cancel, Action<AcommError> SendFailed)
{
    public static Held Of(RequestId id, Task<Completion> completion, Action cancel, Action<AcommError> sendFailed) => new(
        () => completion.IsCompletedSuccessfully ? Option<Either<AcommError, Response>>.Some(completion.Result.ToEither(id)) : Option<Either<AcommError, Response>>.None,
        cancel,
        sendFailed);

    public static Held Refused(AcommError error) => new(() => Option<Either<AcommError, Response>>.Some(error), () => { }, _ => { });
}
