namespace Acomm.Effects;

/// <summary>Counts the requests that are in handlers or being answered, and knows in which of them some code runs.</summary>
internal sealed class HandlerCount
{
    private readonly AsyncLocal<Place?> current = new();
    private readonly WorkCount count = new();

    public int Running => count.Running;

    /// <summary>
    /// Counts a request, if it is admitted. It is counted before that is asked: a stop that refuses from now on either sees
    /// it, or is seen by it.
    /// </summary>
    public Place? TryEnter(Func<bool> admits)
    {
        count.Enter();
        if (admits())
            return new Place(this);
        count.Leave();
        return null;
    }

    /// <summary>Called from inside a handler: from now on nobody waits for it, since it is about to wait for the others.</summary>
    public void StepAside() => current.Value?.Leave();

    /// <summary>Waits until nothing runs.</summary>
    public Task WhenIdleAsync() => count.WhenIdleAsync();

    /// <summary>One request; it is left once, however often it is left.</summary>
    internal sealed class Place(HandlerCount handlers)
    {
        private int left;

        /// <summary>Says that what follows in this asynchronous method runs in this place.</summary>
        public void MakeCurrent() => handlers.current.Value = this;

        public void Leave()
        {
            if (Interlocked.Exchange(ref left, 1) == 0)
                handlers.count.Leave();
        }
    }
}
