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

    /// <summary>
    /// Sends at once on a connection that is open, if there is one that takes it; gives false if not, and then nothing was
    /// done. There is no giving up: what becomes of it is told within the limits of the connection.
    /// </summary>
    /// <param name="to">Where to.</param>
    /// <param name="document">A whole document. It is copied.</param>
    /// <param name="sent">Is told once what became of it, on any thread, perhaps before this returns.</param>
    bool TrySend(Address to, ReadOnlyMemory<byte> document, ISent sent) => false;

    /// <summary>
    /// Begins to send what only our own peers understand, if the peer is known to be one; else nothing is done. Nobody hears
    /// what becomes of it.
    /// </summary>
    /// <param name="to">Where to.</param>
    /// <param name="document">A whole document.</param>
    /// <param name="reach">On whose word the address is connected to.</param>
    void Tell(Address to, ReadOnlyMemory<byte> document, Reach reach);
}

/// <summary>Waits to hear what became of a document that was sent.</summary>
public interface ISent
{
    /// <summary>It was accepted, or not, with errors as of <see cref="IDocumentSender.SendAsync"/>. Must return at once, and not throw.</summary>
    void Done(Either<AcommError, Unit> outcome);
}
