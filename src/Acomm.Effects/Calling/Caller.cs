using System.Diagnostics;
using Acomm.Domain;
using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Effects;

/// <summary>A call: a registration, a sending, and whichever end comes first.</summary>
internal sealed class Caller(
    NodeSettings settings, NodeCapabilities can, RunningTracker tracker, HookSource hooks, StreamCarrier carrier, Courier courier, BackgroundWork background)
{
    public PendingCall Begin(Address to, TaskName task, RawJson args, CallOptions options)
    {
        var id = options.Id ?? can.Secrets.NewId();
        var timeout = options.Timeout ?? settings.Limits.RequestTimeout;

        // Registered before anything is done that the receiver could see: an answer may come at once.
        var begun =
            from own in hooks.For(to)
            from registered in tracker.Register(id, timeout, Route.ToCaller, own.Token)
            select (Hook: own, Registration: registered);
        return begun.Match(
            Right: call =>
            {
                var giveUp = new CancellationTokenSource();
                background.Start(() => SendAsync(call.Registration, to, call.Hook, task, args, options, timeout, giveUp.Token));
                return new PendingCall(id, AnswerAsync(id, call.Registration, giveUp), () => tracker.Cancel(call.Registration.Handle));
            },
            Left: error =>
            {
                background.Start(() => options.DisposeStreamAsync().AsTask());
                return new PendingCall(id, Task.FromResult(Left<AcommError, Reply<RawJson>>(error)), () => { });
            });
    }

    private async Task<Either<AcommError, Reply<RawJson>>> AnswerAsync(RequestId id, Registration registration, CancellationTokenSource giveUp)
    {
        var completion = await registration.Completion.ConfigureAwait(false);
        if (completion is not Completion.Answered)
            await giveUp.CancelAsync().ConfigureAwait(false);
        return Outcome(id, completion);
    }

    private async Task SendAsync(
        Registration registration, Address to, Hook hook, TaskName task, RawJson args, CallOptions options, TimeSpan timeout, CancellationToken giveUp)
    {
        var handle = registration.Handle;
        var offered = options.Stream is { } source
            ? carrier.Offer(source, overHttp: !to.IsUnix).Map(Some)
            : Option<OfferedStream>.None;
        try
        {
            var sent = await offered.MatchAsync(
                RightAsync: stream =>
                {
                    var request = new Request(handle.Id, task, args, hook.Address, Optional(options.TaskUrl), stream.Map(s => s.Address));
                    return courier.SendAsync(Sending.Request, to, Document.Write(request), Reach.Anywhere, timeout, giveUp);
                },
                Left: Left<AcommError, Unit>).ConfigureAwait(false);
            if (sent.Case is AcommError error)
            {
                can.Events.Record(new NodeEvent.SendFailed(handle.Id, to, error));
                tracker.SendFailed(handle, error);
            }

            // Nobody reads the stream of a request that is over, but for one who has begun.
            if (options.Stream is not null)
            {
                await registration.Completion.ConfigureAwait(false);
                Withdraw(offered);
            }
        }
        catch (OperationCanceledException)
        {
            // The call is over, and whoever called was told why. A stream that is being read goes on.
            Withdraw(offered);
        }
    }

    private static void Withdraw(Either<AcommError, Option<OfferedStream>> offered) => offered.Iter(stream => stream.Iter(s => s.Withdraw()));

    private Either<AcommError, Reply<RawJson>> Outcome(RequestId id, Completion completion) =>
        completion.ToEither(id).Bind<Reply<RawJson>>(response => response.Outcome switch
        {
            Outcome.Success success => new Reply<RawJson>(id, success.Result, StreamOf(response, completion)),
            Outcome.Failure failure => new AcommError.TaskFailed(failure.Text),
            _ => throw new UnreachableException(),
        });

    private Option<RemoteStream> StreamOf(Response response, Completion completion)
    {
        Reach reach = completion is Completion.Answered { Origin: Origin.External external }
            ? new Reach.Outside(external.From, settings.Outside)
            : Reach.Anywhere;
        return response.StreamUrl.Map(url => new RemoteStream(url, reach, can.Streams));
    }
}
