using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Domain;

/// <summary>A request that waits for its handler.</summary>
internal readonly record struct Waiter(long Ticket, int Bytes);

/// <summary>The requests of one task: those in its handler, and those that wait, first come first. The default is none at all.</summary>
internal readonly record struct Lane
{
    public int Running { get; init; }

    public Que<Waiter> Waiting { get; private init; }

    public long WaitingBytes { get; private init; }

    public Lane Add(Waiter waiter) => this with { Waiting = Waiting.Enqueue(waiter), WaitingBytes = WaitingBytes + waiter.Bytes };

    public (Lane Others, Waiter First) TakeFirst()
    {
        var first = Waiting.Peek();
        return (this with { Waiting = Waiting.Dequeue(), WaitingBytes = WaitingBytes - first.Bytes }, first);
    }

    public Lane Without(long ticket)
    {
        var rest = Waiting.Filter(waiter => waiter.Ticket != ticket).ToSeq();
        return this with { Waiting = toQueue(rest), WaitingBytes = rest.Map(waiter => (long)waiter.Bytes).Sum() };
    }
}
