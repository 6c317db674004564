using System.Diagnostics;

namespace Acomm.Bench.Micro;

/// <summary>Time and memory of what BenchmarkDotNet does not measure.</summary>
internal static class Measure
{
    /// <summary>Bytes that are alive after a full collection.</summary>
    public static long LiveBytes() => GC.GetTotalMemory(forceFullCollection: true);

    /// <summary>What one call takes on this thread: the least of some rounds, since others disturb but never help; and what it allocates.</summary>
    public static (double Nanoseconds, double Bytes) PerCall(int calls, int rounds, Action<int> call)
    {
        var best = double.MaxValue;
        var bytes = 0.0;
        for (var round = 0; round < rounds; round++)
        {
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < calls; i++)
                call(i);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalNanoseconds / calls);
            bytes = (double)(GC.GetAllocatedBytesForCurrentThread() - allocated) / calls;
        }

        return (best, bytes);
    }
}
