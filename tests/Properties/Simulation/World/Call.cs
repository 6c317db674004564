using Acomm.Domain;
using LanguageExt;

namespace Acomm.Properties.Simulation;

/// <summary>A call as its user sees it.</summary>
internal sealed class Call(long serial, Site from, RequestId id, TimeSpan timeout, Address to)
{
    public long Serial { get; } = serial;

    public Site From { get; } = from;

    public RequestId Id { get; } = id;

    public TimeSpan Timeout { get; } = timeout;

    public Address To { get; } = to;

    public RawJson Args { get; init; }

    public Option<Address> TaskUrl { get; init; }

    public Option<Address> Stream { get; init; }

    /// <summary>What a reader of the stream reads.</summary>
    public string? Source { get; init; }

    /// <summary>Its name among the calls that are waited for together.</summary>
    public (Gathered Gathered, string Name)? Part { get; init; }

    /// <summary>Whether it is registered, and has a hook.</summary>
    public bool WantsAnswer { get; init; } = true;

    /// <summary>It is made when all is healed, and must succeed.</summary>
    public bool IsProbe { get; init; }

    /// <summary>Its registration, as soon as it has one.</summary>
    public Handle? Handle { get; set; }

    /// <summary>The process that made it; its death ends the call without anybody to be told.</summary>
    public required Scope Process { get; init; }

    /// <summary>How it ended.</summary>
    public string? Ended { get; set; }
}

/// <summary>Several calls that are waited for together, by name.</summary>
internal sealed class Gathered(IReadOnlyList<string> names)
{
    private readonly Dictionary<string, string> outcomes = new(StringComparer.Ordinal);

    public bool IsComplete => names.All(outcomes.ContainsKey);

    public void Add(string name, string outcome) =>
        Violation.Expect(names.Contains(name) && outcomes.TryAdd(name, outcome), Invariant.GatheredNames, $"{name} has one outcome, not {outcome} too");
}
