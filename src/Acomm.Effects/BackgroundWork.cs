namespace Acomm.Effects;

/// <summary>Keeps count of work that nobody awaits, so that a stop can. What such work throws ends it and nothing else.</summary>
internal sealed class BackgroundWork(Action<Exception> onFault)
{
    private readonly AsyncLocal<Place?> current = new();
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

    /// <summary>
    /// Runs work on another thread, if it is admitted. It is counted before that is asked: a stop that refuses from now
    /// on either sees it, or is seen by it.
    /// </summary>
    public bool TryRun(Func<bool> admits, Func<Task> work)
    {
        var place = Enter();
        var admitted = admits();
        if (admitted)
            Go(place, () => Task.Run(work));
        else
            Leave(place);
        return admitted;
    }

    /// <summary>Begins work on this thread and lets it go on by itself.</summary>
    public void Start(Func<Task> work) => Go(Enter(), work);

    private async void Go(Place place, Func<Task> work)
    {
        current.Value = place;
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Given up, by whoever it was done for.
        }
        catch (Exception e)
        {
            onFault(e);
        }
        finally
        {
            Leave(place);
        }
    }

    /// <summary>Called from inside such work: from now on nobody waits for it, since it is about to wait for the others.</summary>
    public void StepAside()
    {
        if (current.Value is { } place)
            Leave(place);
    }

    /// <summary>Waits until nothing runs.</summary>
    public Task WhenIdleAsync()
    {
        lock (gate)
            return idle.Task;
    }

    private Place Enter()
    {
        lock (gate)
        {
            if (running++ == 0)
                idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        return new Place();
    }

    private void Leave(Place place)
    {
        lock (gate)
        {
            if (place.IsLeft)
                return;
            place.IsLeft = true;
            if (--running == 0)
                idle.SetResult();
        }
    }

    private sealed class Place
    {
        public bool IsLeft { get; set; }
    }

    private static TaskCompletionSource Completed()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }
}
