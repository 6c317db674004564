namespace Acomm.Adapters;

/// <summary>Tasks that go on by themselves, for as long as they do. None of them may throw.</summary>
internal sealed class TaskSet
{
    private readonly Lock gate = new();
    private readonly HashSet<Task> running = [];

    public void Add(Task task)
    {
        lock (gate)
            running.Add(task);
        _ = task.ContinueWith(Remove, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Waits for those that are running now.</summary>
    public Task WhenAllAsync()
    {
        lock (gate)
            return Task.WhenAll([.. running]);
    }

    private void Remove(Task task)
    {
        lock (gate)
            running.Remove(task);
    }
}
