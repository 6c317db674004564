using Acomm.Domain;
using LanguageExt;

namespace Acomm.Effects;

/// <summary>A successful answer.</summary>
/// <param name="Id">The id of the request.</param>
/// <param name="Result">Its result.</param>
/// <param name="Stream">More data to be read, once, within a minute by default.</param>
public sealed record Reply<T>(RequestId Id, T Result, Option<RemoteStream> Stream)
{
    /// <summary>Opens the stream; <see cref="AcommError.StreamMissing"/> if there is none.</summary>
    public Task<Either<AcommError, Stream>> OpenStreamAsync(CancellationToken cancel = default) => Stream.Match(
        Some: stream => stream.OpenAsync(cancel),
        None: () => Task.FromResult<Either<AcommError, Stream>>(new AcommError.StreamMissing(Id)));
}
