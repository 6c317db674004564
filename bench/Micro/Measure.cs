using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Acomm.Bench.Micro;

/// <summary>Time and memory of what BenchmarkDotNet does not measure.</summary>
internal static partial class Measure
{
    /// <summary>Bytes that are alive after a full collection.</summary>
    public static long LiveBytes() => GC.GetTotalMemory(forceFullCollection: true);

    /// <summary>
    /// What one call takes of this thread's processor time, so that others on the machine do not count: the median of some
    /// rounds; and what it allocates. Half as many rounds go before to warm up.
    /// </summary>
    public static (double Nanoseconds, double Bytes) PerCall(int calls, int rounds, Action<int> call)
    {
        var times = new double[rounds];
        var bytes = 0L;
        var done = 0;
        for (var round = -rounds / 2; round < rounds; round++)
        {
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var start = ThreadTime();
            for (var i = 0; i < calls; i++)
                call(done++);
            if (round < 0)
                continue;
            times[round] = (double)(ThreadTime() - start) / calls;
            bytes += GC.GetAllocatedBytesForCurrentThread() - allocated;
        }

        Array.Sort(times);
        return (times[rounds / 2], (double)bytes / ((long)calls * rounds));
    }

    private static long ThreadTime() => clock_gettime(OperatingSystem.IsMacOS() ? 16 : 3, out var time) == 0
        ? (time.Seconds * 1_000_000_000) + time.Nanoseconds
        : (long)Stopwatch.GetElapsedTime(0).TotalNanoseconds;

    [LibraryImport("libc")]
    private static partial int clock_gettime(int clock, out Timespec time);

    private struct Timespec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
