using Acomm.Properties.Simulation;

namespace Acomm.Simulate;

/// <summary>What happened in all runs, counted.</summary>
internal sealed class Summary
{
    private readonly long[] faults = new long[Plan.Faults.Count];
    private readonly SortedDictionary<string, long> outcomes = new(StringComparer.Ordinal);

    public long Runs { get; private set; }

    public long Steps { get; private set; }

    public void Add(Run run)
    {
        Runs++;
        Steps += run.Steps;
        for (var i = 0; i < faults.Length; i++)
            faults[i] += run.Faults[i];
        foreach (var (outcome, count) in run.Outcomes)
            outcomes[outcome] = outcomes.GetValueOrDefault(outcome) + count;
    }

    public void Write(TextWriter to, TimeSpan taken)
    {
        to.WriteLine(FormattableString.Invariant($"{Runs} runs, {Steps} steps in {taken.TotalSeconds:0.0} s, {Steps / taken.TotalSeconds:0} steps/s"));
        Write(to, "faults", Plan.Faults.Select(f => (f.ToString(), faults[(int)f])));
        Write(to, "outcomes", outcomes.Select(o => (o.Key, o.Value)));
    }

    private static void Write(TextWriter to, string title, IEnumerable<(string Name, long Count)> rows)
    {
        to.WriteLine(title);
        foreach (var (name, count) in rows)
            to.WriteLine(FormattableString.Invariant($"  {name,-44}{count,12}"));
    }
}
