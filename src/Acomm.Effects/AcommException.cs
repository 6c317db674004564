using Acomm.Domain;

namespace Acomm.Effects;

/// <summary>An error, for those who prefer exceptions. The message is its name and its sentence.</summary>
public class AcommException(AcommError error) : Exception(error.ToString())
{
    /// <summary>What went wrong.</summary>
    public AcommError Error { get; } = error;
}
