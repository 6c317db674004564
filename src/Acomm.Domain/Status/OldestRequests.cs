namespace Acomm.Domain;

/// <summary>The oldest of many requests, of which so many at most are held at a time.</summary>
internal sealed class OldestRequests(int limit)
{
    private static readonly Comparer<OutstandingRequest> OldestFirst = Comparer<OutstandingRequest>.Create((one, other) =>
        one.Since.CompareTo(other.Since) is not 0 and var order ? order : one.Handle.Number.CompareTo(other.Handle.Number));

    // The youngest of those that are held stands first, since it is the one to go.
    private readonly PriorityQueue<OutstandingRequest, OutstandingRequest> held =
        new(Comparer<OutstandingRequest>.Create((one, other) => OldestFirst.Compare(other, one)));

    public void Add(in OutstandingRequest request)
    {
        if (held.Count < limit)
            held.Enqueue(request, request);
        else if (OldestFirst.Compare(request, held.Peek()) < 0)
            held.DequeueEnqueue(request, request);
    }

    public IEnumerable<OutstandingRequest> InOrder() => held.UnorderedItems.Select(item => item.Element).Order(OldestFirst);
}
