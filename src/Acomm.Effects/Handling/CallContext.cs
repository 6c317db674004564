using Acomm.Domain;
using LanguageExt;

namespace Acomm.Effects;

/// <summary>What a handler may want to know of the request besides its args.</summary>
public sealed class CallContext
{
    private readonly AwaitedCall? awaited;

    internal CallContext(Request request, PeerIdentity caller, Option<RemoteStream> stream, AwaitedCall? awaited) =>
        (Request, Caller, Stream, this.awaited) = (request, caller, stream, awaited);

    /// <summary>The request, its args as raw JSON.</summary>
    public Request Request { get; }

    /// <summary>
    /// Who sent it to this node: a process of this host with its user, or an HTTP address. If a proxy passed it on, it is
    /// the proxy.
    /// </summary>
    public PeerIdentity Caller { get; }

    /// <summary>The id of the request.</summary>
    public RequestId Id => Request.Id;

    /// <summary>The task.</summary>
    public TaskName Task => Request.Task;

    /// <summary>
    /// How much longer the caller waits for the answer, zero when that time is over, which cancels the handler's token;
    /// none if it is not known: our own peers say it, Go peers do not.
    /// </summary>
    public Option<TimeSpan> TimeLeft => awaited is null ? Option<TimeSpan>.None : awaited.TimeLeft;

    /// <summary>
    /// Is told of the answer's stream, if it has one, how much of it the caller was given and how it ended: while the handler
    /// is through already. To be set before the handler returns; as of <see cref="StreamSource.WithProgress"/>.
    /// </summary>
    public IProgress<StreamProgress>? ResponseProgress { get; set; }

    /// <summary>The data that came with the request.</summary>
    public Option<RemoteStream> Stream { get; }

    /// <summary>Opens the request's stream; <see cref="AcommError.StreamMissing"/> if it has none.</summary>
    public Task<Either<AcommError, Stream>> OpenStreamAsync(CancellationToken cancel = default) => Stream.Match(
        Some: stream => stream.OpenAsync(cancel),
        None: () => System.Threading.Tasks.Task.FromResult<Either<AcommError, Stream>>(new AcommError.StreamMissing(Id)));

    /// <summary>
    /// Copies all of the request's stream, and gives the number of bytes; <see cref="AcommError.StreamMissing"/> if it has
    /// none, <see cref="AcommError.StreamTorn"/> if it broke off.
    /// </summary>
    public Task<Either<AcommError, long>> CopyStreamToAsync(Stream to, CancellationToken cancel = default) => Stream.Match(
        Some: stream => stream.CopyToAsync(to, null, cancel),
        None: () => System.Threading.Tasks.Task.FromResult<Either<AcommError, long>>(new AcommError.StreamMissing(Id)));

    internal Answer<RawJson> Reported(Answer<RawJson> answer) =>
        ResponseProgress is { } progress ? answer with { Stream = answer.Stream.Map(stream => stream.WithProgress(progress)) } : answer;
}
