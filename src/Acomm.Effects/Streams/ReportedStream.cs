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
        for (var rest = buffer; rest.Length > 0;)
        {
            var piece = rest[..Math.Min(rest.Length, StreamSource.PieceBytes)];
            await to.WriteAsync(piece, cancellationToken).ConfigureAwait(false);
            Wrote(piece.Length);
            rest = rest[piece.Length..];
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count)
    {
        for (var end = offset + count; offset < end;)
        {
            var piece = Math.Min(end - offset, StreamSource.PieceBytes);
            to.Write(buffer, offset, piece);
            Wrote(piece);
            offset += piece;
        }
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => to.FlushAsync(cancellationToken);

    public override void Flush() => to.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private void Wrote(int bytes)
    {
        written += bytes;
        progress.Report(new StreamProgress(written, StreamEnd.Open));
    }
}
