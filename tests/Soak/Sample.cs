using Acomm.Domain;

namespace Acomm.Soak;

/// <summary>What is held at a quiet moment.</summary>
/// <param name="When">Which moment.</param>
/// <param name="Descriptors">Open descriptors of this process.</param>
/// <param name="WorkerDescriptors">Those of the worker that is never ended.</param>
/// <param name="HeapBytes">The heap of this process after a collection.</param>
/// <param name="StreamSockets">Files in the directory that are no node's socket.</param>
/// <param name="Outstanding">Requests that the tracker has open.</param>
internal sealed record Sample(string When, int Descriptors, int WorkerDescriptors, long HeapBytes, int StreamSockets, int Outstanding)
{
    public static Sample Take(string when, WorkerProcess steady, string directory, TrackerState state)
    {
        // Twice, so that what finalizers let go of is gone as well.
        for (var i = 0; i < 2; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return new Sample(
            when,
            DescriptorsOf(Environment.ProcessId),
            DescriptorsOf(steady.Id),
            GC.GetTotalMemory(forceFullCollection: true),
            Directory.EnumerateFileSystemEntries(directory).Count(path => !path.EndsWith(WorkerOrder.Suffix, StringComparison.Ordinal)),
            state.Outstanding);
    }

    private static int DescriptorsOf(int process) => Directory.EnumerateFileSystemEntries($"/proc/{process}/fd").Count();
}
