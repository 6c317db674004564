using Acomm.Domain;
using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Properties.Generators;

/// <summary>The few ids, secrets and addresses that tracker scripts speak of; few, so that they meet.</summary>
internal static class TrackerWords
{
    public const int Ids = 4;

    public static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    public static readonly Address Hook = Parsed(Address.Parse("http://10.0.0.9:8080/hook"));

    public static readonly Address Stream = Parsed(Address.Parse("unix:///run/s.sock"));

    public static readonly IpAddress Loopback = IpAddress.Parse("127.0.0.1").IfNone(() => throw new InvalidOperationException());

    public static readonly IpAddress Peer = IpAddress.Parse("10.0.0.9").IfNone(() => throw new InvalidOperationException());

    public static RequestId Id(int number) => Parsed(RequestId.Parse(((char)('a' + (number % Ids))).ToString()));

    public static Option<Token> TokenOf(Secret secret) => secret == Secret.None
        ? None
        : Parsed(Token.Of(Enumerable.Repeat((byte)secret, Token.LengthBytes).ToArray()));

    public static Origin OriginOf(Sender sender) => sender switch
    {
        Sender.OwnSocket => Origin.OwnSocket,
        Sender.WithA => new Origin.External(Peer, TokenOf(Secret.A)),
        Sender.WithB => new Origin.External(Peer, TokenOf(Secret.B)),
        _ => new Origin.External(Peer, None),
    };

    /// <summary>A response that no other payload number gives: a result, an error or a result with a stream.</summary>
    public static Response ResponseOf(int id, int payload) => (payload % 3) switch
    {
        0 => Response.Success(Id(id), Parsed(RawJson.Parse($"[{payload}]"))),
        1 => Response.Failure(Id(id), $"error {payload}"),
        _ => Response.Success(Id(id), Parsed(RawJson.Parse($"{{ \"n\":{payload} }}"))) with { StreamUrl = Stream },
    };

    /// <summary>A failed send of which so much is known.</summary>
    public static AcommError ErrorOf(Delivery delivery) => new AcommError.PeerClosed(Hook, "test", delivery);

    /// <summary>The value of a text that is known to be right.</summary>
    public static T Parsed<T>(Either<AcommError, T> value) =>
        value.Match(Right: v => v, Left: error => throw new InvalidOperationException(error.ToString()));
}
