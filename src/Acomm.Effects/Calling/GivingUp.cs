using Acomm.Domain;

namespace Acomm.Effects;

/// <summary>Ends requests that were sent and that nobody waits for any more, and tells their receivers, if they know what that is.</summary>
internal sealed class GivingUp(RunningTracker tracker, Courier courier)
{
    /// <summary>Gives a request up, unless it is over.</summary>
    /// <param name="sent">The request.</param>
    public void GiveUp(in SentRequest sent)
    {
        if (tracker.Cancel(sent.Handle))
            courier.Tell(sent.To, Document.Write(new Cancellation(sent.Handle.Id, sent.Hook)), sent.Reach);
    }
}

/// <summary>A request that was sent.</summary>
/// <param name="Handle">That of its answer.</param>
/// <param name="To">Where it was sent.</param>
/// <param name="Hook">The hook that it was sent with.</param>
/// <param name="Reach">On whose word it was sent there.</param>
internal readonly record struct SentRequest(Handle Handle, Address To, Address Hook, Reach Reach);
