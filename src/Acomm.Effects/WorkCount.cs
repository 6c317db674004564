namespace Acomm.Effects;

/// <summary>Counts work that nobody awaits, so that a stop can wait for its end.</summary>
internal sealed class WorkCount
{
    private readonly Lock gate = new();
    private TaskCompletionSource? idle;
    private int running;

    public int Running
    {
        get
        {
            lock (gate)
                return running;
        }
    }

    public void Enter()
    {
        lock (gate)
            running++;
    }

    public void Leave()
    {
        lock (gate)
        {
            if (--running > 0)
                return;
            idle?.SetResult();
            idle = null;
        }
    }

    /// <summary>Waits until nothing runs.</summary>
    public Task WhenIdleAsync()
    {
        lock (gate)
            return running == 0 ? Task.CompletedTask : (idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }
}
