namespace Acomm.Effects;

/// <summary>Passes on what is written to a consumer, and tells how much it was. It closes nothing.</summary>
internal sealed class ReportedStream(Stream to, IProgress<StreamProgress> progress) : Stream
{
    private long written;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => written;
        set => throw new NotSupportedException();
    }

    /// <summary>Tells that no more will come.</summary>
    public void End(StreamEnd end) => progress.Report(new StreamProgress(written, end));

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await to.WriteAsync(buffer, cancellationToken).ConfigureAwait(false);
        Wrote(buffer.Length);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count)
    {
        to.Write(buffer, offset, count);
        Wrote(count);
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => to.FlushAsync(cancellationToken);

    public override void Flush() => to.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private void Wrote(int bytes)
    {
        written += bytes;
        if (bytes > 0)
            progress.Report(new StreamProgress(written, StreamEnd.Open));
    }
}
