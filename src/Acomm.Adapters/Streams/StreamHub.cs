using Acomm.Domain;
using Acomm.Effects;
using LanguageExt;

namespace Acomm.Adapters;

/// <summary>All that a node does with streams.</summary>
internal sealed class StreamHub(StreamOpener opener, StreamServer server, PublishedStreams published) : IStreams
{
    public Task<Either<AcommError, Stream>> OpenAsync(Address from, Reach reach, CancellationToken cancel) => opener.OpenAsync(from, reach, cancel);

    public Either<AcommError, OfferedStream> Offer(StreamSource source) => server.Offer(source);

    public Either<AcommError, Address> Publish(Address unixStream) => published.Publish(unixStream);
}
