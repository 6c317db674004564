namespace Acomm.Cli.Terminal;

/// <summary>Files that are read, and standard input.</summary>
internal static class Input
{
    /// <summary>Stands for standard input, and for standard output.</summary>
    public const string Standard = "-";

    /// <summary>Opens the file of an option, or throws <see cref="FileUnusableException"/>.</summary>
    public static Stream Open(string option, string file)
    {
        try
        {
            return file == Standard
                ? Console.OpenStandardInput()
                : new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1, useAsync: true);
        }
        catch (Exception e) when (FileUnusableException.IsCause(e))
        {
            throw new FileUnusableException(option, file, e);
        }
    }

    /// <summary>All of the file of an option, or nothing where that is more than the limit; may throw <see cref="FileUnusableException"/>.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAllAsync(string option, string file, int limitBytes, CancellationToken cancel)
    {
        await using var stream = Open(option, file);
        try
        {
            return await ReadAllAsync(stream, limitBytes, cancel);
        }
        catch (Exception e) when (FileUnusableException.IsCause(e))
        {
            throw new FileUnusableException(option, file, e);
        }
    }

    /// <summary>All of a stream, or nothing where that is more than the limit.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAllAsync(Stream stream, int limitBytes, CancellationToken cancel)
    {
        var all = new MemoryStream();
        var buffer = new byte[64 << 10];

        // A terminal does not let go of its reader.
        while (await stream.ReadAsync(buffer, cancel).AsTask().WaitAsync(cancel) is > 0 and var read)
        {
            all.Write(buffer.AsSpan(0, read));
            if (all.Length > limitBytes)
                return null;
        }

        return all.ToArray();
    }
}
