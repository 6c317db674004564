using Acomm.Domain;
using LanguageExt;

namespace Acomm.Effects;

/// <summary>
/// A request in or before its handler whose caller said how long he waits. It is the source of the handler's token itself,
/// so that a request costs one object more, and not two. It needs no disposal: it has no timer and is linked to nothing.
/// </summary>
internal sealed class AwaitedCall(AwaitedCalls calls, Instant deadline, Option<CallKey> key) : CancellationTokenSource, IDue
{
    private CancellationTokenRegistration onCut;
    private int interruption;

    public Instant Deadline => deadline;

    /// <summary>By what it can be cancelled.</summary>
    public Option<CallKey> Key => key;

    /// <summary>Its place among those that are due; none when it has left.</summary>
    public LinkedListNode<AwaitedCall>? Place { get; set; }

    /// <summary>Why it was interrupted, if it was.</summary>
    public Interruption Interruption => (Interruption)Volatile.Read(ref interruption);

    /// <summary>The time that its caller still waits; zero when it is over.</summary>
    public TimeSpan TimeLeft => calls.TimeUntil(deadline);

    /// <summary>Has the end of a stop interrupt it as well, which waits for what hears of it.</summary>
    public void CutBy(CancellationToken cut) => onCut = cut.UnsafeRegister(static call => ((AwaitedCall)call!).Cut(), this);

    /// <summary>Cancels the handler's token, unless it is already; what waits for that runs on other threads.</summary>
    public void Interrupt(Interruption why)
    {
        if (IsFirst(why))
            _ = CancelAsync();
    }

    /// <summary>The handler is through.</summary>
    public void Leave()
    {
        onCut.Unregister();
        calls.Leave(this);
    }

    private void Cut()
    {
        if (IsFirst(Interruption.Cut))
            Cancel();
    }

    private bool IsFirst(Interruption why) =>
        Interlocked.CompareExchange(ref interruption, (int)why, (int)Interruption.None) == (int)Interruption.None;
}
