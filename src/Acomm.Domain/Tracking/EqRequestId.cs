using LanguageExt.TypeClasses;

namespace Acomm.Domain;

/// <summary>Equality of ids as keys: ordinal, and without the reflection that the default would use.</summary>
public readonly struct EqRequestId : Eq<RequestId>
{
    /// <inheritdoc/>
    public bool Equals(RequestId x, RequestId y) => string.Equals(x.Value, y.Value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public int GetHashCode(RequestId x) => x.Value.GetHashCode(StringComparison.Ordinal);

    // The type class asks for these two; nothing here calls them.

    /// <inheritdoc/>
    public Task<bool> EqualsAsync(RequestId x, RequestId y) => Task.FromResult(Equals(x, y));

    /// <inheritdoc/>
    public Task<int> GetHashCodeAsync(RequestId x) => Task.FromResult(GetHashCode(x));
}
