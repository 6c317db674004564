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
        var read = payloads.Read<T>(reply.Result);
        if (read.IsRight)
            return new Reply<T>(reply.Id, (T)read, reply.Stream);
        var (path, reason) = ((string Path, string Reason))read;
        return new AcommError.ResultMismatch(task, Id, path, reason);
    }

    private protected override Task<Either<AcommError, Reply<RawJson>>> AnswerAsync() => answer;
}
