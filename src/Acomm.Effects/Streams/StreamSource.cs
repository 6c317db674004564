using System.IO.Pipelines;
using Acomm.Domain;
using LanguageExt;

namespace Acomm.Effects;

/// <summary>
/// Data to be streamed to one consumer. It is read when the consumer comes, no faster than it reads, and disposed once,
/// whether it was read or not. An exception while it is read is seen by the consumer as a stream that broke off.
/// </summary>
public sealed class StreamSource : IAsyncDisposable
{
    /// <summary>The pieces in which a stream is read: one in hand and two in a socket are the 128 KiB that a slow consumer may cost.</summary>
    public const int PieceBytes = 42 << 10;

    private readonly Func<Stream, CancellationToken, Task> copyTo;
    private readonly Func<ValueTask> dispose;
    private int disposed;

    private StreamSource(Func<Stream, CancellationToken, Task> copyTo, Func<ValueTask> dispose) =>
        (this.copyTo, this.dispose) = (copyTo, dispose);

    /// <summary>The rest of a stream, which is disposed afterwards.</summary>
    public static StreamSource From(Stream stream) => new((to, cancel) => stream.CopyToAsync(to, PieceBytes, cancel), stream.DisposeAsync);

    /// <summary>What a pipe delivers; it is completed afterwards.</summary>
    public static StreamSource From(PipeReader reader) => new((to, cancel) => reader.CopyToAsync(to, cancel), () => reader.CompleteAsync());

    /// <summary>What a function writes; <paramref name="dispose"/> is called once, whether it was asked to write or not.</summary>
    public static StreamSource From(Func<Stream, CancellationToken, Task> write, Func<ValueTask>? dispose = null) =>
        new(write, dispose ?? (() => ValueTask.CompletedTask));

    /// <summary>A stream that is opened when the consumer comes.</summary>
    public static StreamSource From(Func<CancellationToken, Task<Either<AcommError, Stream>>> open) => From(async (to, cancel) =>
    {
        var opened = await open(cancel).ConfigureAwait(false);
        var stream = opened.IfLeft(error => throw new StreamTornException(error));
        await using (stream.ConfigureAwait(false))
            await stream.CopyToAsync(to, PieceBytes, cancel).ConfigureAwait(false);
    });

    /// <summary>
    /// The same data, with somebody told how much of it the consumer was given, in pieces, and at last how it ended: in the
    /// order in which it happens, by whoever writes, who waits for that. What <paramref name="progress"/> throws breaks the stream off.
    /// </summary>
    public StreamSource WithProgress(IProgress<StreamProgress> progress)
    {
        var isBegun = false;
        return new StreamSource(
            async (to, cancel) =>
            {
                isBegun = true;
                await ReportAsync(new ReportedStream(to, progress), cancel).ConfigureAwait(false);
            },
            async () =>
            {
                await DisposeAsync().ConfigureAwait(false);
                if (!isBegun)
                    progress.Report(new StreamProgress(0, StreamEnd.Unread));
            });
    }

    /// <summary>Writes all of it.</summary>
    public Task CopyToAsync(Stream to, CancellationToken cancel) => copyTo(to, cancel);

    /// <summary>Disposes the source, the first time it is called.</summary>
    public ValueTask DisposeAsync() => Interlocked.Exchange(ref disposed, 1) == 0 ? dispose() : ValueTask.CompletedTask;

    private async Task ReportAsync(ReportedStream to, CancellationToken cancel)
    {
        await using (to.ConfigureAwait(false))
        {
            var end = StreamEnd.Torn;
            try
            {
                await CopyToAsync(to, cancel).ConfigureAwait(false);
                end = StreamEnd.Complete;
            }
            finally
            {
                to.End(end);
            }
        }
    }
}
