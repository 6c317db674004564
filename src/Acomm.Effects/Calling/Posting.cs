using Acomm.Domain;
using LanguageExt;

namespace Acomm.Effects;

/// <summary>A document on its way to an address, and what follows when its way is over.</summary>
internal abstract class Posting(Courier courier, Sending sending, Address to, Reach reach, TimeSpan remaining) : ISent
{
    public Sending Sending => sending;

    public Address To => to;

    /// <summary>On whose word the address is connected to.</summary>
    public Reach Reach => reach;

    /// <summary>The time in which it is of use.</summary>
    public TimeSpan Remaining => remaining;

    /// <summary>The document: written anew each time, since mostly it is needed once, and only until it is copied to a connection.</summary>
    /// <param name="left">What is left of the time in which it is of use.</param>
    public abstract BorrowedDocument Write(TimeSpan left);

    /// <summary>Gives it up where it has to wait; asked once, before it does.</summary>
    public abstract CancellationToken GiveUp();

    /// <summary>What became of it; told once, on any thread. Must return at once.</summary>
    public abstract void Over(Either<AcommError, Unit> outcome);

    /// <summary>It was given up, instead of <see cref="Over"/>.</summary>
    public abstract void GivenUp();

    void ISent.Done(Either<AcommError, Unit> outcome)
    {
        if (outcome.IsRight)
            Over(outcome);
        else
            courier.GoOn(this, outcome);
    }
}
