using Acomm.Effects;

namespace Acomm.AdapterTests.Support;

/// <summary>A stream of so many bytes that counts what was read of it and how often it was disposed, and may fail midway.</summary>
internal sealed class TestSource(long bytes, long? failAt = null) : Stream
{
    private readonly TaskCompletionSource disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long at;
    private int disposals;

    /// <summary>Completes when the source is disposed.</summary>
    public Task Disposed => disposed.Task.Within();

    public int Disposals => Volatile.Read(ref disposals);

    /// <summary>Bytes that were read of it.</summary>
    public long Produced => Interlocked.Read(ref at);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public StreamSource ToSource() => StreamSource.From(this);

    /// <summary>The bytes that it gives.</summary>
    public static byte[] Bytes(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)(i * 31 / 7))];

    public override int Read(byte[] buffer, int offset, int count)
    {
        var from = Interlocked.Read(ref at);
        if (from >= failAt)
            throw new IOException("the source failed, on demand");
        var length = (int)Math.Min(count, (failAt ?? bytes) - from);
        for (var i = 0; i < length; i++)
            buffer[offset + i] = (byte)((from + i) * 31 / 7);
        Interlocked.Add(ref at, length);
        return length;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = new byte[buffer.Length];
        var length = Read(read, 0, read.Length);
        read.AsMemory(0, length).CopyTo(buffer);
        return ValueTask.FromResult(length);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Task.FromResult(Read(buffer, offset, count));

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        Interlocked.Increment(ref disposals);
        disposed.TrySetResult();
        base.Dispose(disposing);
    }
}
