using Acomm.Domain;
using LanguageExt;

namespace Acomm.Effects;

/// <summary>Can send a document to an address and wait for its acknowledgement.</summary>
public interface IDocumentSender
{
    /// <summary>
    /// Sends. The error tells by its <see cref="AcommError.Delivery"/> whether a byte may have reached the peer; a
    /// refusing acknowledgement is <see cref="AcommError.Rejected"/>. Never throws but for cancellation.
    /// </summary>
    /// <param name="to">Where to.</param>
    /// <param name="document">A whole document.</param>
    /// <param name="reach">On whose word the address is connected to.</param>
    /// <param name="cancel">Gives the sending up.</param>
    Task<Either<AcommError, Unit>> SendAsync(Address to, ReadOnlyMemory<byte> document, Reach reach, CancellationToken cancel);
}
