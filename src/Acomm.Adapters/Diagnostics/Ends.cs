using Acomm.Domain;
using Acomm.Effects;
using LanguageExt;

namespace Acomm.Adapters;

/// <summary>How calls and handlers ended, as figures and spans name it: by the name of the error.</summary>
internal static class Ends
{
    public static AcommError? ErrorOf(Either<AcommError, Reply<RawJson>> ended) => ended.IsLeft ? (AcommError)ended : null;

    public static string? ErrorOf(Answer<RawJson> answer) => answer.Outcome.IsLeft ? nameof(AcommError.TaskFailed) : null;

    public static string ErrorOf(Exception thrown, CancellationToken cancel) => thrown switch
    {
        OperationCanceledException when cancel.IsCancellationRequested => nameof(AcommError.Cancelled),
        InterceptorException => nameof(AcommError.InterceptorFailed),
        _ => nameof(AcommError.HandlerFailed),
    };
}
