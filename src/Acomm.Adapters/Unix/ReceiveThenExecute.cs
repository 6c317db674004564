using System.Runtime.CompilerServices;

namespace Acomm.Adapters;

/// <summary>
/// Waits to receive, and executes work on this thread in the meantime. Whoever waits is set down to go on elsewhere
/// before the work begins, so that work that takes long, or blocks, holds up nothing that is received; and what comes
/// alone is handled without another thread having to wake up. Where something is there to be received already, the work
/// goes to another thread.
/// </summary>
internal readonly struct ReceiveThenExecute(ValueTask<int> receiving, IThreadPoolWorkItem? work) : ICriticalNotifyCompletion
{
    private readonly ValueTask<int> receiving = receiving;

    public ReceiveThenExecute GetAwaiter() => this;

    public bool IsCompleted
    {
        get
        {
            if (!receiving.IsCompleted)
                return false;
            if (work is not null)
                ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: true);
            return true;
        }
    }

    public int GetResult() => receiving.GetAwaiter().GetResult();

    public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

    public void UnsafeOnCompleted(Action continuation)
    {
        // From the registration on, another thread may be using what holds this awaiter.
        var execute = work;
        receiving.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(continuation);
        execute?.Execute();
    }
}
