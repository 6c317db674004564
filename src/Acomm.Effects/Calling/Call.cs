using Acomm.Domain;
using LanguageExt;

namespace Acomm.Effects;

/// <summary>A registered request on its way. Sending it is given up when the call ends without an answer.</summary>
internal sealed class Call(
    Courier courier, NodeCapabilities can, RunningTracker tracker, WorkCount sendings, Registration registration, Address to, Request request,
    TimeSpan timeout, Option<OfferedStream> stream)
    : Posting(courier, Sending.Request, to, Reach.Anywhere, timeout)
{
    private CancellationTokenSource? giveUp;

    public override BorrowedDocument Write() => Document.Lend(request);

    public override CancellationToken GiveUp()
    {
        giveUp = new CancellationTokenSource();
        _ = registration.Completion.ContinueWith(
            static (ended, source) => ended.Result is Completion.Answered ? Task.CompletedTask : ((CancellationTokenSource)source!).CancelAsync(),
            giveUp,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        return giveUp.Token;
    }

    public override void Over(Either<AcommError, Unit> outcome)
    {
        // Of a call that is over, whoever called was told why.
        if (outcome.IsLeft && giveUp?.IsCancellationRequested != true)
        {
            var error = (AcommError)outcome;
            can.Events.Record(new NodeEvent.SendFailed(registration.Handle.Id, To, error));
            tracker.SendFailed(registration.Handle, error);
        }

        if (stream.IsNone)
            sendings.Leave();
        else
            _ = WithdrawAfterAsync();
    }

    // A stream that is being read goes on.
    public override void GivenUp()
    {
        stream.Iter(s => s.Withdraw());
        sendings.Leave();
    }

    // Nobody reads the stream of a request that is over, but for one who has begun.
    private async Task WithdrawAfterAsync()
    {
        await registration.Completion.ConfigureAwait(false);
        GivenUp();
    }
}
