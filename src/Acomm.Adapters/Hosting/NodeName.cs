using Microsoft.Extensions.Options;

namespace Acomm.Adapters;

/// <summary>The name of a node that was added to an application; <see cref="Options.DefaultName"/> is that of the unnamed one.</summary>
internal sealed record NodeName(string Value)
{
    public bool IsUnnamed => Value == Options.DefaultName;

    /// <summary>What stands before a problem of the node; nothing for the unnamed one.</summary>
    public string Before => IsUnnamed ? "" : $"node '{Value}': ";

    public override string ToString() => IsUnnamed ? "the unnamed one" : $"'{Value}'";
}
