using System.Collections.Concurrent;

namespace Acomm.Bench.Micro;

/// <summary>The baseline, as one would write it first: a concurrent dictionary, and a timer and a task for each request.</summary>
internal sealed class TimerPerRequest
{
    private readonly ConcurrentDictionary<string, Waiting> open = new();

    private sealed record Waiting(TaskCompletionSource<object?> Source, Timer Timer);

    /// <summary>Waits for an answer to an id.</summary>
    public Task<object?> Register(string id, TimeSpan timeout)
    {
        var source = new TaskCompletionSource<object?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var timer = new Timer(_ => Complete(id, null), null, timeout, Timeout.InfiniteTimeSpan);
        if (open.TryAdd(id, new Waiting(source, timer)))
            return source.Task;
        timer.Dispose();
        throw new InvalidOperationException(id);
    }

    /// <summary>Brings an answer, or the end of the wait.</summary>
    public void Complete(string id, object? answer)
    {
        if (!open.TryRemove(id, out var waiting))
            return;
        waiting.Timer.Dispose();
        waiting.Source.TrySetResult(answer);
    }
}
