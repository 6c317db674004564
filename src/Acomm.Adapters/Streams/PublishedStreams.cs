using Acomm.Domain;
using Acomm.Effects;
using LanguageExt;

namespace Acomm.Adapters;

/// <summary>The unix streams that this node gave out over HTTP: each for one reader that shows its token, and not for ever.</summary>
internal sealed class PublishedStreams(IPublicUrl publicUrl, ISecrets secrets, Limits limits, TimeProvider time)
{
    public const string Path = "stream";
    public const string AddressParameter = "addr";
    public const string TokenParameter = "token";

    private readonly Lock gate = new();
    private readonly long origin = time.GetTimestamp();
    private StreamTickets tickets = StreamTickets.Empty;

    /// <summary>The address to give out; <see cref="AcommError.NoPublicUrl"/>, <see cref="AcommError.TooManyStreams"/>.</summary>
    public Either<AcommError, Address> Publish(Address unixStream) =>
        from url in publicUrl.Current.ToEither<AcommError>(new AcommError.NoPublicUrl(unixStream))
        from token in Issue(unixStream)
        select url.Append(Path).WithQuery(AddressParameter, unixStream.ToString()).WithQuery(TokenParameter, token.Reveal());

    /// <summary>The stream of a token, which is used up with it; <see cref="AcommError.StreamUnknown"/> for any other token or address.</summary>
    public Either<AcommError, Address> Take(Token token, string address)
    {
        lock (gate)
        {
            (tickets, var stream) = tickets.Redeem(token, address, Now);
            return stream;
        }
    }

    private Instant Now => new(time.GetElapsedTime(origin).Ticks);

    private Either<AcommError, Token> Issue(Address unixStream)
    {
        var token = secrets.NewToken();
        lock (gate)
        {
            var issued = tickets.Issue(token, unixStream, Now, limits);
            tickets = issued.IfLeft(tickets);
            return issued.Map(_ => token);
        }
    }
}
