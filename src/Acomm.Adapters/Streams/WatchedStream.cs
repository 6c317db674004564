using System.Runtime.CompilerServices;
using Acomm.Domain;
using Acomm.Effects;

namespace Acomm.Adapters;

/// <summary>
/// A stream of which each read and write must move within a time. What breaks it is thrown as
/// <see cref="StreamTornException"/>, so that an end is always an end.
/// </summary>
internal sealed class WatchedStream(Stream inner, Address address, TimeSpan idleLimit, TimeProvider time, IDisposable? owner = null, Action? moved = null)
    : Stream
{
    private const int PieceBytes = 64 << 10;

    private readonly IdleLimit idle = new(idleLimit, time);

    public override bool CanRead => inner.CanRead;

    public override bool CanSeek => false;

    public override bool CanWrite => inner.CanWrite;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await inner.ReadAsync(buffer, idle.Begin(cancellationToken)).ConfigureAwait(false);
        }
        catch (Exception e) when (Torn(e, cancellationToken) is { } error)
        {
            throw new StreamTornException(error, e);
        }
        finally
        {
            idle.End();
        }
    }

    // In pieces, so that a slow reader of something big is not taken for one that stands still.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            for (var rest = buffer; !rest.IsEmpty; rest = rest[Math.Min(PieceBytes, rest.Length)..])
            {
                await inner.WriteAsync(rest[..Math.Min(PieceBytes, rest.Length)], idle.Begin(cancellationToken)).ConfigureAwait(false);
                moved?.Invoke();
            }
        }
        catch (Exception e) when (Torn(e, cancellationToken) is { } error)
        {
            throw new StreamTornException(error, e);
        }
        finally
        {
            idle.End();
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        try
        {
            return inner.Read(buffer, offset, count);
        }
        catch (IOException e)
        {
            throw new StreamTornException(new AcommError.StreamTorn(address, e.Message), e);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

    public override void Flush() => inner.Flush();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            idle.Dispose();
            inner.Dispose();
            owner?.Dispose();
        }

        base.Dispose(disposing);
    }

    private AcommError? Torn(Exception e, CancellationToken caller) => e switch
    {
        StreamTornException => null,
        OperationCanceledException when idle.IsOver(caller) => new AcommError.StreamIdle(address, idleLimit),
        IOException or HttpRequestException => new AcommError.StreamTorn(address, e.Message),
        _ => null,
    };
}
