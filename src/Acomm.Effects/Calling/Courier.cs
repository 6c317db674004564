using Acomm.Domain;
using LanguageExt;

namespace Acomm.Effects;

/// <summary>Sends documents, again where that is safe and of use.</summary>
internal sealed class Courier(Limits limits, NodeCapabilities can)
{
    private long bytes;

    /// <summary>Bytes of the documents that were sent, each counted once.</summary>
    public long Bytes => Interlocked.Read(ref bytes);

    /// <summary>Sends until it succeeds, fails for good, or the time that is left is over; the posting is told.</summary>
    public void Post(Posting posting)
    {
        using var document = posting.Write(posting.Remaining);
        Interlocked.Add(ref bytes, document.Bytes.Length);
        if (document.Bytes.Length > limits.FrameBytes)
            posting.Over(new AcommError.FrameTooLong(limits.FrameBytes, document.Bytes.Length));
        else if (posting.Reach.Check(posting.To).Case is AcommError forbidden)
            posting.Over(forbidden);
        else if (!can.Sender.TrySend(posting.To, document.Bytes, posting))
            GoOn(posting, Option<Either<AcommError, Unit>>.None);
    }

    /// <summary>Sends what only our own peers understand, if it is one; nobody hears what became of it.</summary>
    public void Tell(Address to, ReadOnlyMemory<byte> document, Reach reach)
    {
        if (document.Length <= limits.FrameBytes)
            can.Sender.Tell(to, document, reach);
    }

    /// <summary>Sends as <see cref="Post"/> does, and waits.</summary>
    public Task<Either<AcommError, Unit>> SendAsync(
        Sending sending, Address to, ReadOnlyMemory<byte> document, Reach reach, TimeSpan remaining, CancellationToken cancel)
    {
        // On an open connection nothing asks for it any more.
        if (cancel.IsCancellationRequested)
            return Task.FromCanceled<Either<AcommError, Unit>>(cancel);
        var awaited = new Awaited(this, sending, to, document, reach, remaining, cancel);
        Post(awaited);
        return awaited.Outcome.WaitAsync(cancel);
    }

    /// <summary>Goes on after a first try on an open connection, if there was one, that did not succeed.</summary>
    public async void GoOn(Posting posting, Option<Either<AcommError, Unit>> first)
    {
        try
        {
            posting.Over(await RepeatAsync(posting, first, posting.GiveUp()).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            posting.GivenUp();
        }
        catch (Exception e)
        {
            can.Events.Record(new NodeEvent.Faulted(e));
            posting.GivenUp();
        }
    }

    private async Task<Either<AcommError, Unit>> RepeatAsync(Posting posting, Option<Either<AcommError, Unit>> first, CancellationToken cancel)
    {
        var start = can.Time.GetTimestamp();
        var bytes = posting.Write(posting.Remaining).ToBytes();

        // The connection had ended, and nothing of this was written: one of its own may do better, at once.
        var sent = await first.Filter(outcome => outcome.Case is not AcommError { Delivery: Delivery.NotSent })
            .IfNoneAsync(() => can.Sender.SendAsync(posting.To, bytes, posting.Reach, cancel)).ConfigureAwait(false);
        for (var attempts = 1; ; attempts++)
        {
            var left = posting.Remaining - can.Time.GetElapsedTime(start);
            if (sent.Case is not AcommError error || Retry.After(posting.Sending, error, attempts, left, can.Secrets.NewJitter()).Case is not TimeSpan wait)
                return sent;
            await Task.Delay(wait, can.Time, cancel).ConfigureAwait(false);
            bytes = posting.Write(posting.Remaining - can.Time.GetElapsedTime(start)).ToBytes();
            sent = await can.Sender.SendAsync(posting.To, bytes, posting.Reach, cancel).ConfigureAwait(false);
        }
    }

    private sealed class Awaited(
        Courier courier, Sending sending, Address to, ReadOnlyMemory<byte> document, Reach reach, TimeSpan remaining, CancellationToken cancel)
        : Posting(courier, sending, to, reach, remaining)
    {
        private readonly TaskCompletionSource<Either<AcommError, Unit>> source = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<Either<AcommError, Unit>> Outcome => source.Task;

        public override BorrowedDocument Write(TimeSpan left) => BorrowedDocument.Of(document);

        public override CancellationToken GiveUp() => cancel;

        public override void Over(Either<AcommError, Unit> outcome) => source.SetResult(outcome);

        public override void GivenUp() => source.TrySetCanceled();
    }
}
