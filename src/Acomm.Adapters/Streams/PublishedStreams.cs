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
    private readonly Dictionary<Token, Address> streams = [];
    private readonly Queue<(Token Token, long Since)> byAge = new();

    public Either<AcommError, Address> Publish(Address unixStream) => publicUrl.Current.Match<Either<AcommError, Address>>(
        Some: url =>
        {
            var token = secrets.NewToken();
            lock (gate)
            {
                ForgetOld();
                streams.Add(token, unixStream);
                byAge.Enqueue((token, time.GetTimestamp()));
            }

            return url.Append(Path).WithQuery(AddressParameter, unixStream.ToString()).WithQuery(TokenParameter, token.Reveal());
        },
        None: () => new AcommError.NoPublicUrl(unixStream));

    /// <summary>The stream of a token, which is used up with it; <see cref="AcommError.StreamUnknown"/> for any other token or address.</summary>
    public Either<AcommError, Address> Take(Token token, string address)
    {
        lock (gate)
        {
            ForgetOld();
            return streams.TryGetValue(token, out var stream) && stream.ToString() == address && streams.Remove(token)
                ? stream
                : new AcommError.StreamUnknown();
        }
    }

    private void ForgetOld()
    {
        while (byAge.TryPeek(out var oldest) && time.GetElapsedTime(oldest.Since) >= limits.StreamUnopened)
            streams.Remove(byAge.Dequeue().Token);
    }
}
