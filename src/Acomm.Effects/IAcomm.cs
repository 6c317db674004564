using Acomm.Domain;
using LanguageExt;

namespace Acomm.Effects;

/// <summary>
/// Calls tasks of other nodes. Every failure is a value: an <see cref="AcommError"/> on the left. Typed calls with
/// addresses as text are in <see cref="AcommCalls"/>.
/// </summary>
public interface IAcomm
{
    /// <summary>The node's own unix socket, at which others reach it. (Go: Tracker.URL.)</summary>
    Address Address { get; }

    /// <summary>Converts args and results.</summary>
    PayloadCodec Payloads { get; }

    /// <summary>Opens streams, and offers them.</summary>
    IStreams Streams { get; }

    /// <summary>Requests that are open: neither answered nor timed out. (Go: Tracker.NumRequests.)</summary>
    int Outstanding { get; }

    /// <summary>
    /// Registers a request and begins to send it. The answer, or the one error that stands for it, comes with
    /// <see cref="PendingCall.Answer"/>, never later than its timeout. (Go: TrackRequest and Send.)
    /// </summary>
    PendingCall Begin(Address to, TaskName task, RawJson args, CallOptions options);

    /// <summary>
    /// Sends a request as it is and waits for the acknowledgement only; nothing is registered. Errors: those of sending,
    /// and <see cref="AcommError.Rejected"/> where the receiver refused it. (Go: Send.)
    /// </summary>
    Task<Either<AcommError, Unit>> SendAsync(Address to, Request request, CancellationToken cancel = default);

    /// <summary>
    /// Sends a response to a hook and waits for the acknowledgement. <see cref="AcommError.Rejected"/> tells, by its code,
    /// that it was a duplicate (<c>ResponseDuplicate</c>), late (<c>ResponseLate</c>), for nobody (<c>ResponseUnknown</c>)
    /// or not allowed (<c>ResponseForbidden</c>). (Go: Send.)
    /// </summary>
    Task<Either<AcommError, Unit>> SendAsync(Address to, Response response, CancellationToken cancel = default);
}
