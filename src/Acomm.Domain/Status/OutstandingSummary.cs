using System.Collections.Immutable;
using LanguageExt;

namespace Acomm.Domain;

/// <summary>So many open requests, and how long the oldest of them is open; zero if there is none.</summary>
public readonly record struct OpenShare(int Count, TimeSpan OldestAge)
{
    internal OpenShare With(TimeSpan age) => new(Count + 1, age > OldestAge ? age : OldestAge);

    internal OpenShare With(OpenShare other) => new(Count + other.Count, other.OldestAge > OldestAge ? other.OldestAge : OldestAge);
}

/// <summary>The open requests for one task. The name is as a peer may have sent it.</summary>
public sealed record TaskOutstanding(TaskName Task, OpenShare Open);

/// <summary>The open requests that are younger than <paramref name="Under"/> and not in the share before; none at the end: all the rest.</summary>
public sealed record AgeOutstanding(Option<TimeSpan> Under, int Count);

/// <summary>An open request and its times.</summary>
/// <param name="Request">The request.</param>
/// <param name="Age">How long it is open.</param>
/// <param name="Left">How long it may still be; zero, if it is due.</param>
public sealed record AgedRequest(OutstandingRequest Request, TimeSpan Age, TimeSpan Left);

/// <summary>
/// The open requests at a glance. Its rules: each request is in one share of the tasks and in one of the ages; the oldest
/// come first, and of equally old ones the one that was registered first; it is small, however many are open.
/// </summary>
public sealed record OutstandingSummary
{
    /// <summary>So many tasks have a share of their own.</summary>
    public const int TaskLimit = 100;

    /// <summary>So many of the oldest requests are shown.</summary>
    public const int OldestLimit = 100;

    /// <summary>Where the shares of the ages end.</summary>
    public static readonly ImmutableArray<TimeSpan> AgeBounds =
    [
        TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10),
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1),
    ];

    private OutstandingSummary() { }

    /// <summary>All of them.</summary>
    public required OpenShare All { get; init; }

    /// <summary>Those of the tasks with the most open ones, the most first, then by name.</summary>
    public required Seq<TaskOutstanding> ByTask { get; init; }

    /// <summary>Tasks besides those.</summary>
    public required int OtherTasks { get; init; }

    /// <summary>The requests of those.</summary>
    public required OpenShare Others { get; init; }

    /// <summary>By age, the youngest first.</summary>
    public required Seq<AgeOutstanding> ByAge { get; init; }

    /// <summary>The oldest.</summary>
    public required Seq<AgedRequest> Oldest { get; init; }

    /// <summary>Sums the requests up, in whatever order they come; each is looked at once, and few are kept.</summary>
    public static OutstandingSummary Of(IEnumerable<OutstandingRequest> requests, Instant now)
    {
        var all = default(OpenShare);
        var tasks = new Dictionary<TaskName, OpenShare>();
        var ages = new int[AgeBounds.Length + 1];
        var oldest = new OldestRequests(OldestLimit);
        foreach (var request in requests)
        {
            var age = NotNegative(now - request.Since);
            all = all.With(age);
            tasks[request.Subject.Task] = tasks.GetValueOrDefault(request.Subject.Task).With(age);
            ages[BoundOf(age)]++;
            oldest.Add(request);
        }

        TaskOutstanding[] ordered = [.. tasks
            .Select(task => new TaskOutstanding(task.Key, task.Value))
            .OrderByDescending(task => task.Open.Count)
            .ThenBy(task => task.Task.Value, StringComparer.Ordinal)];
        return new OutstandingSummary
        {
            All = all,
            ByTask = ordered.Take(TaskLimit).ToSeq().Strict(),
            OtherTasks = Math.Max(0, ordered.Length - TaskLimit),
            Others = ordered.Skip(TaskLimit).Aggregate(default(OpenShare), (sum, task) => sum.With(task.Open)),
            ByAge = ages.Select((count, i) => new AgeOutstanding(i < AgeBounds.Length ? AgeBounds[i] : Option<TimeSpan>.None, count)).ToSeq().Strict(),
            Oldest = oldest.InOrder().Select(r => new AgedRequest(r, NotNegative(now - r.Since), NotNegative(r.Deadline - now))).ToSeq().Strict(),
        };
    }

    private static int BoundOf(TimeSpan age)
    {
        var bound = 0;
        while (bound < AgeBounds.Length && age >= AgeBounds[bound])
            bound++;
        return bound;
    }

    private static TimeSpan NotNegative(TimeSpan time) => time < TimeSpan.Zero ? TimeSpan.Zero : time;
}
