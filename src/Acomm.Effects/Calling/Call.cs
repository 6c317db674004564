using Acomm.Domain;
using LanguageExt;

namespace Acomm.Effects;

/// <summary>A registered request on its way. Sending it is given up when the call ends without an answer.</summary>
internal sealed class Call(
    Caller caller, Courier courier, Registration registration, Address to, Request request, TimeSpan timeout, Option<OfferedStream> stream)
    : Posting(courier, Sending.Request, to, Reach.Anywhere, timeout)
{
    private CancellationTokenSource? giveUp;

    public override BorrowedDocument Write(TimeSpan left) => Document.Lend(left == Remaining ? request : request with { Timeout = left });

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
        registration.Note(SendingPhases.After(outcome));

        // Of a call that is over, whoever called was told why.
        if (outcome.IsLeft && giveUp?.IsCancellationRequested != true)
            caller.SendFailed(registration.Handle, To, (AcommError)outcome);
        if (stream.IsNone)
            caller.SendingOver();
        else
            _ = WithdrawAfterAsync();
    }

    // A stream that is being read goes on.
    public override void GivenUp()
    {
        stream.Iter(s => s.Withdraw());
        caller.SendingOver();
    }

    // Nobody reads the stream of a request that is over, but for one who has begun.
    private async Task WithdrawAfterAsync()
    {
        await registration.Completion.ConfigureAwait(false);
        GivenUp();
    }
}
