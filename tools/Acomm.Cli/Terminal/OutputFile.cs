namespace Acomm.Cli.Terminal;

/// <summary>
/// A file for a stream that may never come: opened at once, so that a wrong path is told before anything is asked for, and
/// emptied only when there is something for it.
/// </summary>
internal sealed class OutputFile : IAsyncDisposable
{
    private readonly string option;
    private readonly string file;
    private readonly bool isNew;
    private readonly Stream stream;
    private bool isUsed;

    private OutputFile(Stream stream, string option, string file, bool isNew) =>
        (this.stream, this.option, this.file, this.isNew) = (stream, option, file, isNew);

    /// <summary>Whether it is standard output.</summary>
    public bool IsStandard => file == Input.Standard;

    /// <summary>Opens the file of an option, or throws <see cref="FileUnusableException"/>.</summary>
    public static OutputFile Open(string option, string file)
    {
        if (file == Input.Standard)
            return new OutputFile(Output.Open(), option, file, isNew: false);
        var isNew = !File.Exists(file);
        try
        {
            var stream = new FileStream(file, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read, bufferSize: 1, useAsync: true);
            return new OutputFile(stream, option, file, isNew);
        }
        catch (Exception e) when (FileUnusableException.IsCause(e))
        {
            throw new FileUnusableException(option, file, e);
        }
    }

    /// <summary>The file, empty.</summary>
    public Stream Begin()
    {
        isUsed = true;
        if (!IsStandard && stream.CanSeek)
            stream.SetLength(0);
        return stream;
    }

    /// <summary>What a failed write means.</summary>
    public Exception Failure(IOException failure) => IsStandard ? new ReaderGoneException() : new FileUnusableException(option, file, failure);

    public async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync();
        if (!isUsed && isNew)
            File.Delete(file);
    }
}
