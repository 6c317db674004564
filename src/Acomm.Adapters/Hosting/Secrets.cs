using System.Security.Cryptography;
using Acomm.Domain;
using Acomm.Effects;

namespace Acomm.Adapters;

/// <summary>The system's source of random numbers.</summary>
internal sealed class Secrets : ISecrets
{
    private const int UuidBytes = 16;

    // The system is asked for many ids at a time: each time costs a system call.
    private readonly byte[] random = new byte[256 * UuidBytes];
    private readonly Lock gate = new();
    private int used;

    public Secrets() => used = random.Length;

    /// <summary>A UUID of version 4: 122 random bits (RFC 9562, 5.4).</summary>
    public RequestId NewId()
    {
        Span<byte> uuid = stackalloc byte[UuidBytes];
        TakeRandom(uuid);
        uuid[6] = (byte)((uuid[6] & 0x0f) | 0x40);
        uuid[8] = (byte)((uuid[8] & 0x3f) | 0x80);
        return (RequestId)RequestId.Parse(new Guid(uuid, bigEndian: true).ToString());
    }

    public Token NewToken() => (Token)Token.Of(RandomNumberGenerator.GetBytes(Token.LengthBytes));

    public double NewJitter() => Random.Shared.NextDouble();

    private void TakeRandom(Span<byte> to)
    {
        lock (gate)
        {
            if (used == random.Length)
            {
                RandomNumberGenerator.Fill(random);
                used = 0;
            }

            random.AsSpan(used, to.Length).CopyTo(to);
            used += to.Length;
        }
    }
}
