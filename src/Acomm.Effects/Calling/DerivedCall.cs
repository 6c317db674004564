using Acomm.Domain;
using LanguageExt;

namespace Acomm.Effects;

/// <summary>A call as an interceptor gives it.</summary>
internal sealed class DerivedCall(
    RequestId id, Task<Either<AcommError, Reply<RawJson>>> answer, Action remove, Func<Option<TraceContext>> answerTrace) : PendingCall
{
    public override RequestId Id => id;

    public override Option<TraceContext> AnswerTrace => answerTrace();

    public override void Remove() => remove();

    internal override async Task<Either<AcommError, Reply<T>>> AnswerAsync<T>(TaskName task, PayloadCodec payloads)
    {
        var raw = await answer.ConfigureAwait(false);
        if (raw.IsLeft)
            return (AcommError)raw;
        var reply = (Reply<RawJson>)raw;
        return payloads.ReadReply<T>(task, reply.Id, reply.Result, reply.Stream);
    }

    private protected override Task<Either<AcommError, Reply<RawJson>>> AnswerAsync() => answer;
}
