using Acomm.Domain;
using Acomm.Effects;

namespace Acomm.Cli.Terminal;

/// <summary>Files that are read, and standard input.</summary>
internal static class Input
{
    /// <summary>Stands for standard input, and for standard output.</summary>
    public const string Standard = "-";

    /// <summary>Opens one.</summary>
    public static Stream Open(string file) => file == Standard
        ? Console.OpenStandardInput()
        : new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1, useAsync: true);

    /// <summary>All of a file; <see cref="AcommError.FrameTooLong"/> where that is more than the limit.</summary>
    public static async Task<ReadOnlyMemory<byte>> ReadAllAsync(string file, int limitBytes, CancellationToken cancel)
    {
        await using var stream = Open(file);
        return await ReadAllAsync(stream, limitBytes, cancel);
    }

    /// <summary>All of a stream; <see cref="AcommError.FrameTooLong"/> where that is more than the limit.</summary>
    public static async Task<ReadOnlyMemory<byte>> ReadAllAsync(Stream stream, int limitBytes, CancellationToken cancel)
    {
        var all = new MemoryStream();
        var buffer = new byte[64 << 10];

        // A terminal does not let go of its reader.
        while (await stream.ReadAsync(buffer, cancel).AsTask().WaitAsync(cancel) is > 0 and var read)
        {
            all.Write(buffer.AsSpan(0, read));
            if (all.Length > limitBytes)
                throw new AcommException(new AcommError.FrameTooLong(limitBytes, all.Length));
        }

        return all.ToArray();
    }
}
