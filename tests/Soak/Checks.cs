using System.Globalization;
using Acomm.Domain;

namespace Acomm.Soak;

/// <summary>What must hold at the end, each line that does not.</summary>
internal static class Checks
{
    // Idle HTTP connections come and go; anything that leaks does so with every call or fault, of which there are hundreds.
    private const int DescriptorGrowthLimit = 48;
    private const long HeapGrowthLimitBytes = 8 << 20;

    public static IEnumerable<string> Violated(Ledger ledger, Tally tally, IReadOnlyList<Sample> samples, Faults faults, Idle idle, IReadOnlyList<string> left, Wrongs wrongs) =>
        Calls(ledger, tally)
            .Concat(samples.SelectMany(sample => Held(samples[0], sample)))
            .Concat(Number("faults that befell the workers", faults.Kills + faults.Restarts + faults.Pauses, least: 1))
            .Concat(Number("processor time used while idle, in % of one core", 100 * idle.Highest, most: 100 * Idle.Limit))
            .Concat(left.Select(file => $"left in the directory: {file}"))
            .Concat(Number("exceptions that nobody handled", wrongs.Unhandled, most: 0))
            .Concat(wrongs.First)
            .Concat(Number("things that went wrong", wrongs.Count, most: 0));

    private static IEnumerable<string> Calls(Ledger ledger, Tally tally) =>
        Same("calls that ended", ledger.Started, ledger.Ended)
            .Concat(ledger.Kinds.SelectMany(kind => Same($"calls of the kind '{kind}' that ended", ledger.StartedOf(kind), ledger.EndedOf(kind))))
            .Concat(ledger.Kinds.Where(kind => !kind.StartsWith("fail", StringComparison.Ordinal)).SelectMany(kind => Number($"calls of the kind '{kind}' that were answered", ledger.AnsweredOf(kind), least: 1)))
            .Concat(Number("streams of answers that were read to their end", ledger.Streams.FirstOrDefault(s => s.Outcome == Ledger.Whole).Count, least: 1))
            .Concat(Same("registrations of the tracker", ledger.Started, tally.Registered + tally.Refused))
            .Concat(Same("completions of the tracker", tally.Registered, tally.Answered + tally.TimedOut + tally.Cancelled + tally.Rejected + tally.Shutdown))
            .Concat(Same("calls that the tracker saw answered", ledger.Of(Ledger.Answered, nameof(AcommError.TaskFailed)), tally.Answered))
            .Concat(Same("calls that the tracker let time out", ledger.Of(nameof(AcommError.TimedOut)), tally.TimedOut))
            .Concat(Same("calls that the tracker saw given up", ledger.Of(nameof(AcommError.Cancelled)), tally.Cancelled))
            .Concat(Same("streams to be sent that were disposed", ledger.SourcesOffered, ledger.SourcesDisposed));

    private static IEnumerable<string> Held(Sample first, Sample sample) =>
        Number($"{sample.When}: descriptors more than at the start", sample.Descriptors - first.Descriptors, most: DescriptorGrowthLimit)
            .Concat(Number($"{sample.When}: descriptors of a worker more than at the start", sample.WorkerDescriptors - first.WorkerDescriptors, most: DescriptorGrowthLimit))
            .Concat(Number($"{sample.When}: bytes of the heap more than at the start", sample.HeapBytes - first.HeapBytes, most: HeapGrowthLimitBytes))
            .Concat(Number($"{sample.When}: sockets of streams", sample.StreamSockets, most: 0))
            .Concat(Number($"{sample.When}: requests that are open", sample.Outstanding, most: 0));

    private static IEnumerable<string> Same(string what, long wanted, long got)
    {
        if (wanted != got)
            yield return string.Create(CultureInfo.InvariantCulture, $"{what}: {got:N0}, it should be {wanted:N0}");
    }

    private static IEnumerable<string> Number(string what, double value, double least = double.MinValue, double most = double.MaxValue)
    {
        if (value < least)
            yield return string.Create(CultureInfo.InvariantCulture, $"{what}: {value:N0}, it should be at least {least:N0}");
        if (value > most)
            yield return string.Create(CultureInfo.InvariantCulture, $"{what}: {value:N1}, it should be at most {most:N0}");
    }
}
