using Acomm.Domain;
using Acomm.Effects;

namespace Acomm.Adapters;

/// <summary>What a node is doing, and what it is connected to.</summary>
internal sealed class NodeStatus(AcommNode node, Listening listening, KeptConnections kept, StreamServer streams)
{
    /// <summary>The report of this moment, or of a moment ago.</summary>
    public StatusReport Report => node.Status with
    {
        Connections = new OpenConnections(listening.Listener?.OpenConnections ?? 0, kept.Count, streams.Open),
    };
}
