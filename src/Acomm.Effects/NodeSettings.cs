using Acomm.Domain;

namespace Acomm.Effects;

/// <summary>What a node is told of itself.</summary>
/// <param name="OwnHook">Its unix socket, on which answers come back.</param>
/// <param name="Limits">What it takes.</param>
/// <param name="Outside">Where it connects on the word of others.</param>
public sealed record NodeSettings(Address OwnHook, Limits Limits, OutsidePolicy Outside);

/// <summary>What a node can do to the world.</summary>
public sealed record NodeCapabilities(
    IDocumentSender Sender,
    IStreams Streams,
    ISecrets Secrets,
    IPublicUrl PublicUrl,
    INodeEvents Events,
    TimeProvider Time);
