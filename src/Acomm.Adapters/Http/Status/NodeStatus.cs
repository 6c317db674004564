using Acomm.Domain;
using Acomm.Effects;

namespace Acomm.Adapters;

/// <summary>What a node is doing, and what it is connected to.</summary>
internal static class NodeStatus
{
    /// <summary>The report of this moment, or of a moment ago.</summary>
    public static StatusReport Of(AcommNode node, NodeParts parts) => node.Status with
    {
        Connections = new OpenConnections(parts.Listening.Listener?.OpenConnections ?? 0, parts.Kept.Count, parts.StreamServer.Open),
    };
}
