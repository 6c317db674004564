using Acomm.Domain;
using LanguageExt;

namespace Acomm.Effects;

/// <summary>Makes a stream reachable on the other side, as a plan says.</summary>
internal sealed class StreamCarrier(IStreams streams)
{
    /// <summary>The stream's address on the other side, if there is a stream; withdrawing undoes what was done for it.</summary>
    public Either<AcommError, Option<OfferedStream>> Carry(Option<Address> stream, StreamStep step, Reach reach) =>
        stream.Match(
            Some: address => Carry(address, step, reach).Map(Prelude.Some),
            None: () => Option<OfferedStream>.None);

    /// <summary>Serves a source for a reader on unix, or for one elsewhere.</summary>
    public Either<AcommError, OfferedStream> Offer(StreamSource source, bool overHttp) =>
        streams.Offer(source).Bind(offered => overHttp
            ? streams.Publish(offered.Address)
                .Map(url => offered with { Address = url })
                .MapLeft(error => Undone(offered, error))
            : Prelude.Right<AcommError, OfferedStream>(offered));

    private Either<AcommError, OfferedStream> Carry(Address stream, StreamStep step, Reach reach) => step switch
    {
        StreamStep.OfferOnUnix => Offer(StreamSource.From(cancel => streams.OpenAsync(stream, reach, cancel)), overHttp: false),
        StreamStep.PublishOverHttp => streams.Publish(stream).Map(url => new OfferedStream(url, () => { })),
        _ => new OfferedStream(stream, () => { }),
    };

    private static AcommError Undone(OfferedStream offered, AcommError error)
    {
        offered.Withdraw();
        return error;
    }
}
