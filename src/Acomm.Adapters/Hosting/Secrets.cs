using System.Security.Cryptography;
using Acomm.Domain;
using Acomm.Effects;

namespace Acomm.Adapters;

/// <summary>The system's source of random numbers.</summary>
internal sealed class Secrets : ISecrets
{
    public RequestId NewId() => RequestId.Parse(Guid.NewGuid().ToString()).IfLeft(default(RequestId));

    public Token NewToken() => Token.Of(RandomNumberGenerator.GetBytes(Token.LengthBytes)).IfLeft(default(Token));

    public double NewJitter() => Random.Shared.NextDouble();
}
