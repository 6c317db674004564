using Acomm.Effects;

namespace Acomm.AdapterTests.Support;

/// <summary>Keeps what a node told, and lets a test wait for it.</summary>
internal sealed class RecordedEvents : INodeEvents
{
    private readonly Lock gate = new();
    private readonly List<NodeEvent> all = [];
    private readonly List<(Type Kind, TaskCompletionSource<NodeEvent> Source)> waiting = [];

    public void Record(NodeEvent happened)
    {
        lock (gate)
        {
            all.Add(happened);
            foreach (var (_, source) in waiting.Where(w => w.Kind == happened.GetType()))
                source.TrySetResult(happened);
        }
    }

    /// <summary>All of a kind so far.</summary>
    public IReadOnlyList<T> All<T>() where T : NodeEvent
    {
        lock (gate)
            return [.. all.OfType<T>()];
    }

    /// <summary>The first of a kind, whether it happened already or not.</summary>
    public async Task<T> First<T>() where T : NodeEvent
    {
        var source = new TaskCompletionSource<NodeEvent>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            if (all.OfType<T>().FirstOrDefault() is { } earlier)
                source.SetResult(earlier);
            waiting.Add((typeof(T), source));
        }

        return (T)await source.Task.Within();
    }
}
