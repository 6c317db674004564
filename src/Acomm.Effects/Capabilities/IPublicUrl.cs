using Acomm.Domain;
using LanguageExt;

namespace Acomm.Effects;

/// <summary>Knows at which HTTP address other machines reach this node, if they do.</summary>
public interface IPublicUrl
{
    /// <summary>The address under which the endpoints are mapped.</summary>
    Option<Address> Current { get; }
}
