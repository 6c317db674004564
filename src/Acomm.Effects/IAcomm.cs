using Acomm.Domain;
using LanguageExt;

namespace Acomm.Effects;

/// <summary>
/// Calls tasks of other nodes. Every failure is a value: an <see cref="AcommError"/> on the left. Typed calls with
/// addresses as text are in <see cref="AcommCalls"/>.
/// </summary>
public interface IAcomm
{
    /// <summary>Converts args and results.</summary>
    PayloadCodec Payloads { get; }

    /// <summary>Calls answered neither yet nor timed out.</summary>
    int Outstanding { get; }

    /// <summary>
    /// Sends a request and waits for its answer, never longer than its timeout. Errors: those of sending, the tracker's
    /// refusals, <see cref="AcommError.TimedOut"/>, <see cref="AcommError.TaskFailed"/>, and
    /// <see cref="AcommError.Cancelled"/> where <paramref name="cancel"/> was first.
    /// </summary>
    Task<Either<AcommError, Reply<RawJson>>> CallAsync(
        Address to, TaskName task, RawJson args, CallOptions options, CancellationToken cancel = default);
}
