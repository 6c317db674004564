using System.Collections.Concurrent;
using Acomm.Effects;

namespace Acomm.Soak;

/// <summary>
/// Everything that must never happen: exceptions that nobody handles, work of a node's own that threw, and whatever else
/// is found wrong. A few are kept to be told, all are counted.
/// </summary>
/// <param name="tell">Is told each of them, and whether nobody handled it.</param>
internal sealed class Wrongs(Action<string, bool>? tell = null) : INodeEvents
{
    private const int Kept = 20;
    private readonly ConcurrentQueue<string> first = new();
    private int count;
    private int unhandled;

    public int Count => count;

    /// <summary>How many of them were exceptions that nobody handled.</summary>
    public int Unhandled => unhandled;

    public IEnumerable<string> First => first;

    /// <summary>Listens for exceptions that nobody handles.</summary>
    public Wrongs Watch()
    {
        TaskScheduler.UnobservedTaskException += (_, e) => Add($"unobserved: {e.Exception}", isUnhandled: true);
        AppDomain.CurrentDomain.UnhandledException += (_, e) => Add($"unhandled: {e.ExceptionObject}", isUnhandled: true);
        return this;
    }

    public void Add(string wrong, bool isUnhandled = false)
    {
        var line = wrong.ReplaceLineEndings(" ");
        if (isUnhandled)
            Interlocked.Increment(ref unhandled);
        if (Interlocked.Increment(ref count) <= Kept)
            first.Enqueue(line);
        tell?.Invoke(line, isUnhandled);
    }

    public void Record(NodeEvent happened)
    {
        if (happened is NodeEvent.Faulted or NodeEvent.HandlerThrew)
            Add(happened.ToString());
    }
}
