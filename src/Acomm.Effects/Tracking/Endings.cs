using Acomm.Domain;

namespace Acomm.Effects;

/// <summary>Completions, and who waits for each: collected under the lock, told when it is released. Mostly there is one.</summary>
internal struct Endings
{
    private Ending first;
    private List<Ending>? others;

    /// <summary>Whether there may be something to tell.</summary>
    public bool HasBegun { get; private set; }

    private readonly record struct Ending(TaskCompletionSource<Completion>? Source, Completion? Completion);

    /// <summary>Whether this is the first time. About so many are to come.</summary>
    public bool TryBegin(int count)
    {
        if (HasBegun)
            return false;
        others = count > 1 ? new List<Ending>(count) : null;
        return HasBegun = true;
    }

    public void Add(TaskCompletionSource<Completion> source, Completion completion)
    {
        var ending = new Ending(source, completion);
        if (first.Source is null)
            first = ending;
        else
            (others ??= []).Add(ending);
    }

    /// <summary>Completes them, in order. Whoever waits goes on elsewhere, never on this thread.</summary>
    public readonly void Tell()
    {
        Tell(first);
        others?.ForEach(Tell);
    }

    private static void Tell(Ending ending)
    {
        if (ending is { Source: { } source, Completion: { } completion })
            source.TrySetResult(completion);
    }
}
