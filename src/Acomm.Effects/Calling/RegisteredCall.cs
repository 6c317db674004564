using Acomm.Domain;
using LanguageExt;

namespace Acomm.Effects;

/// <summary>A call of the tracker's, or one that it refused.</summary>
internal sealed class RegisteredCall(Caller caller, SentRequest sent, Task<Completion> completion) : PendingCall
{
    public override RequestId Id => sent.Handle.Id;

    public override Option<TraceContext> AnswerTrace =>
        completion.IsCompletedSuccessfully && completion.Result is Completion.Answered answered ? answered.Response.Trace : Option<TraceContext>.None;

    public override void Remove() => caller.GiveUp(sent);

    internal override async Task<Either<AcommError, Reply<T>>> AnswerAsync<T>(TaskName task, PayloadCodec payloads) =>
        caller.Read<T>(Id, await completion.ConfigureAwait(false), task, payloads);

    private protected override async Task<Either<AcommError, Reply<RawJson>>> AnswerAsync() => caller.Read(Id, await completion.ConfigureAwait(false));
}
