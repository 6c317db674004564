using LanguageExt.TypeClasses;

namespace Acomm.Domain;

/// <summary>Equality of task names as keys: ordinal, and without the reflection that the default would use.</summary>
public readonly struct EqTaskName : Eq<TaskName>
{
    /// <inheritdoc/>
    public bool Equals(TaskName x, TaskName y) => string.Equals(x.Value, y.Value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public int GetHashCode(TaskName x) => x.Value.GetHashCode(StringComparison.Ordinal);

    // The type class asks for these two; nothing here calls them.

    /// <inheritdoc/>
    public Task<bool> EqualsAsync(TaskName x, TaskName y) => Task.FromResult(Equals(x, y));

    /// <inheritdoc/>
    public Task<int> GetHashCodeAsync(TaskName x) => Task.FromResult(GetHashCode(x));
}
