using Acomm.Domain;
using LanguageExt;

namespace Acomm.Effects;

/// <summary>A call as an interceptor sees it, before it is registered.</summary>
/// <param name="To">The receiver's address.</param>
/// <param name="Task">The task.</param>
/// <param name="Args">Its args.</param>
/// <param name="Options">Timeout, stream, id, task URL.</param>
/// <param name="Trace">Where in a trace it belongs; the receiver is told.</param>
public sealed record OutgoingCall(Address To, TaskName Task, RawJson Args, CallOptions Options, Option<TraceContext> Trace = default)
{
    /// <summary>A call that has ended already, to be given instead of making it. Its id is that of the options, if there is one.</summary>
    public PendingCall End(Either<AcommError, RawJson> outcome)
    {
        var id = Options.Id ?? default;
        return PendingCall.Of(id, System.Threading.Tasks.Task.FromResult(outcome.Map(result => new Reply<RawJson>(id, result, Option<RemoteStream>.None))));
    }
}
