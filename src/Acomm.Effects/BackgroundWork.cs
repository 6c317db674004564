namespace Acomm.Effects;

/// <summary>Keeps count of work that nobody awaits, so that a stop can. What such work throws ends it and nothing else.</summary>
internal sealed class BackgroundWork(Action<Exception> onFault)
{
    private readonly Lock gate = new();
    private TaskCompletionSource idle = Completed();
    private int running;

    public int Running
    {
        get
        {
            lock (gate)
                return running;
        }
    }

    /// <summary>Runs work on another thread.</summary>
    public void Run(Func<Task> work) => Start(() => Task.Run(work));

    /// <summary>Begins work on this thread and lets it go on by itself.</summary>
    public async void Start(Func<Task> work)
    {
        lock (gate)
        {
            if (running++ == 0)
                idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        try
        {
            await work().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            onFault(e);
        }
        finally
        {
            lock (gate)
            {
                if (--running == 0)
                    idle.SetResult();
            }
        }
    }

    /// <summary>Waits until nothing runs.</summary>
    public Task WhenIdleAsync()
    {
        lock (gate)
            return idle.Task;
    }

    private static TaskCompletionSource Completed()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }
}
