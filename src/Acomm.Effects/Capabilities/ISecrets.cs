using Acomm.Domain;

namespace Acomm.Effects;

/// <summary>Can make what nobody may guess, and what should not repeat.</summary>
public interface ISecrets
{
    /// <summary>A new id: a random UUID, as the Go peers write it.</summary>
    RequestId NewId();

    /// <summary>A new token of 256 random bits.</summary>
    Token NewToken();

    /// <summary>A number of [0, 1).</summary>
    double NewJitter();
}
