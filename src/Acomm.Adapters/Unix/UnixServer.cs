using Acomm.Domain;
using Acomm.Effects;
using LanguageExt;

namespace Acomm.Adapters;

/// <summary>Reads one document from each connection of a listener, has it acknowledged, and closes.</summary>
internal sealed class UnixServer(UnixListener listener, Func<ReadOnlyMemory<byte>, Acknowledgement> receive, Limits limits, INodeEvents events, TimeProvider time)
{
    private readonly SemaphoreSlim unframed = new(limits.ConnectionsUnframed);
    private readonly CancellationTokenSource stopping = new();

    /// <summary>Serves until it is stopped.</summary>
    public async Task RunAsync()
    {
        await foreach (var connection in listener.AcceptAsync().ConfigureAwait(false))
        {
            if (await HasPlaceAsync().ConfigureAwait(false))
                _ = ServeAsync(connection);
            else
                await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Closes at once what has not sent a whole frame, and waits until whoever has is acknowledged.</summary>
    public async Task StopAsync()
    {
        await stopping.CancelAsync().ConfigureAwait(false);
        await listener.StopAsync().ConfigureAwait(false);
    }

    private async Task<bool> HasPlaceAsync()
    {
        try
        {
            await unframed.WaitAsync(stopping.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task ServeAsync(UnixConnection connection)
    {
        await using (connection.ConfigureAwait(false))
        {
            try
            {
                var frame = await ReadAsync(connection.Stream).ConfigureAwait(false);
                var acknowledgement = frame.Match(
                    Right: document => document.Map(receive),
                    Left: error => Refuse(error));
                await acknowledgement.IfSomeAsync(ack => WriteAsync(connection.Stream, ack)).ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                // The peer went without waiting for its acknowledgement; what it sent stands.
            }
            catch (Exception e)
            {
                events.Record(new NodeEvent.Faulted(e));
            }
        }
    }

    private async Task<Either<AcommError, Option<ReadOnlyMemory<byte>>>> ReadAsync(Stream stream)
    {
        using var over = new Deadline(limits.FrameRead, time, stopping.Token);
        var got = new Count();
        try
        {
            return await stream.ReadFrameAsync(limits.FrameBytes, got, over.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return over.IsOver ? new AcommError.FrameTimeout(limits.FrameRead, got.Value) : Option<ReadOnlyMemory<byte>>.None;
        }
        catch (IOException) when (got.Value > 0)
        {
            return new AcommError.FrameTruncated(got.Value + 1, got.Value);
        }
        finally
        {
            unframed.Release();
        }
    }

    private async Task WriteAsync(Stream stream, Acknowledgement acknowledgement)
    {
        using var over = new Deadline(limits.Write, time, CancellationToken.None);
        await stream.WriteFrameAsync(Document.Write(acknowledgement), Limits.FrameBytesCeiling, over.Token).ConfigureAwait(false);
    }

    private Acknowledgement Refuse(AcommError error)
    {
        events.Record(new NodeEvent.DocumentRefused(error, 0));
        return Acknowledgement.Refuse(error);
    }

    private sealed class Count : IProgress<long>
    {
        public long Value { get; private set; }

        public void Report(long value) => Value = value;
    }
}
