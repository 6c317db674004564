namespace Acomm.Fuzzing;

/// <summary>
/// Something that takes any bytes. An input is fine if nothing is thrown: what must hold of it is checked, and a
/// <see cref="FindingException"/> says what did not.
/// </summary>
/// <param name="Name">Its name, and that of its corpus.</param>
/// <param name="Check">Reads one input and checks what came of it.</param>
/// <param name="AllocatedPerByte">Bytes that it may allocate for each byte of an input, its own checks included.</param>
/// <param name="AllocatedBase">Bytes that it may allocate for any input.</param>
public sealed record FuzzTarget(string Name, Action<byte[]> Check, int AllocatedPerByte, int AllocatedBase)
{
    /// <summary>All there are.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("frame", FrameTarget.Check, AllocatedPerByte: 1_000, AllocatedBase: 64 << 10),
        new("document", DocumentTarget.Check, AllocatedPerByte: 200, AllocatedBase: 256 << 10),
        new("url", UrlTarget.Check, AllocatedPerByte: 1_000, AllocatedBase: 1 << 20),
    ];

    /// <summary>Checks one input, and what it cost.</summary>
    public void Run(byte[] input)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Check(input);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        var limit = AllocatedBase + ((long)AllocatedPerByte * input.Length);
        Expect.That(allocated <= limit, $"{input.Length} bytes made it allocate {allocated} bytes, the limit is {limit}");
    }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
