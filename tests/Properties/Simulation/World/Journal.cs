using System.Buffers.Binary;
using Acomm.Domain;

namespace Acomm.Properties.Simulation;

/// <summary>One line of a run's history.</summary>
internal readonly record struct Happening(long Step, Instant At, string Where, string What, string Detail, long Number)
{
    public override string ToString() =>
        FormattableString.Invariant($"{Step,7} {At.Ticks / (double)TimeSpan.TicksPerSecond,12:0.0000} s  {Where,-4} {What,-24} {Detail} #{Number}");
}

/// <summary>
/// The history of a run: a hash of all of it (FNV-1a by words of 64 bits), the last lines for a report, and all of them for
/// whoever wants to read along.
/// </summary>
internal sealed class Journal(Schedule time, Action<Happening>? reader)
{
    private const int Kept = 40;
    private const ulong Prime = 0x100000001B3;

    private readonly Happening[] last = new Happening[Kept];
    private long count;

    public ulong Hash { get; private set; } = 0xCBF29CE484222325;

    public long Step { get; set; }

    public IEnumerable<Happening> Last => Enumerable.Range(0, (int)Math.Min(count, Kept)).Select(i => last[(count - Math.Min(count, Kept) + i) % Kept]);

    public void Note(string where, string what, string detail = "", long number = 0)
    {
        var happening = new Happening(Step, time.Now, where, what, detail, number);
        last[count++ % Kept] = happening;
        Mix((ulong)time.Now.Ticks);
        Mix(where);
        Mix(what);
        Mix(detail);
        Mix((ulong)number);
        reader?.Invoke(happening);
    }

    /// <summary>What was sent belongs to the history, byte for byte.</summary>
    public void Mix(ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            Mix(BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var b in bytes)
            Mix(b);
    }

    private void Mix(string text)
    {
        foreach (var c in text)
            Mix(c);
    }

    private void Mix(ulong word) => Hash = (Hash ^ word) * Prime;
}
