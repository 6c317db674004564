using System.Globalization;
using Acomm.Domain;

namespace Acomm.Soak;

/// <summary>The table at the end.</summary>
internal static class Report
{
    public static void Print(Ledger ledger, Tally tally, IReadOnlyList<Sample> samples, Faults faults, Idle idle, Wrongs wrongs)
    {
        Line($"\n{"calls",-24}{"started",10}{"ended",10}{"answered",10}");
        foreach (var kind in ledger.Kinds)
            Line($"{kind,-24}{ledger.StartedOf(kind),10:N0}{ledger.EndedOf(kind),10:N0}{ledger.AnsweredOf(kind),10:N0}");
        Line($"{"all",-24}{ledger.Started,10:N0}{ledger.Ended,10:N0}{ledger.Kinds.Sum(ledger.AnsweredOf),10:N0}");
        Counts("outcomes", ledger.Outcomes);
        Counts("streams of answers", ledger.Streams);
        Line($"\n{"streams sent",-24}{ledger.SourcesOffered,10:N0} offered, {ledger.SourcesDisposed:N0} disposed");
        Line($"{"tracker",-24}{tally.Registered,10:N0} registered, {tally.Answered:N0} answered, {tally.TimedOut:N0} timed out, {tally.Cancelled:N0} cancelled, {tally.Rejected:N0} rejected, {tally.Late:N0} late answers");
        Line($"{"faults",-24}{faults.Kills,10:N0} kills, {faults.Restarts:N0} stops, {faults.Pauses:N0} pauses");
        Line($"{"unhandled exceptions",-24}{wrongs.Unhandled,10:N0}");
        Line($"{"processor while idle",-24}{string.Join(", ", idle.Parts.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Process} {p.Part:P1}")))}");
        Line($"\n{"held",-24}{"descriptors",14}{"of worker 0",14}{"heap bytes",14}{"stream sockets",16}{"open",8}");
        foreach (var s in samples)
            Line($"{s.When,-24}{s.Descriptors,14:N0}{s.WorkerDescriptors,14:N0}{s.HeapBytes,14:N0}{s.StreamSockets,16:N0}{s.Outstanding,8:N0}");
        Line($"");
    }

    /// <summary>A line, its numbers the same in each country.</summary>
    public static void Line(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));

    private static void Counts(string what, IEnumerable<(string Outcome, long Count)> counts)
    {
        Line($"\n{what,-24}{"count",10}");
        foreach (var (outcome, count) in counts)
            Line($"{outcome,-24}{count,10:N0}");
    }
}
