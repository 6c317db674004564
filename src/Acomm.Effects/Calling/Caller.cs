using Acomm.Domain;
using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Effects;

/// <summary>A call: a registration, a sending, and whichever end comes first.</summary>
internal sealed class Caller(
    NodeSettings settings, NodeCapabilities can, RunningTracker tracker, HookSource hooks, StreamCarrier carrier, Courier courier, BackgroundWork background)
{
    public async Task<Either<AcommError, Reply<RawJson>>> CallAsync(
        Address to, TaskName task, RawJson args, CallOptions options, CancellationToken cancel)
    {
        var id = options.Id ?? can.Secrets.NewId();
        var timeout = options.Timeout ?? settings.Limits.RequestTimeout;
        if (cancel.IsCancellationRequested)
            return await RefusedAsync(options, new AcommError.Cancelled(id)).ConfigureAwait(false);

        // Registered before anything is done that the receiver could see: an answer may come at once.
        var opened =
            from own in hooks.For(to)
            from registered in tracker.Register(id, timeout, Route.ToCaller, own.Token)
            select (own, registered);
        if (opened.Case is AcommError refused)
            return await RefusedAsync(options, refused).ConfigureAwait(false);

        var (hook, registration) = opened.IfLeft(default((Hook, Registration)));
        using var onCancel = cancel.UnsafeRegister(_ => tracker.Cancel(registration.Handle), null);
        var giveUp = new CancellationTokenSource();
        background.Start(() => SendAsync(registration.Handle, to, hook, task, args, options, timeout, giveUp.Token));
        var completion = await registration.Completion.ConfigureAwait(false);
        if (completion is not Completion.Answered)
            await giveUp.CancelAsync().ConfigureAwait(false);
        return Outcome(id, completion);
    }

    private async Task SendAsync(
        Handle handle, Address to, Hook hook, TaskName task, RawJson args, CallOptions options, TimeSpan timeout, CancellationToken giveUp)
    {
        try
        {
            var offered = options.Stream is { } source
                ? carrier.Offer(source, overHttp: !to.IsUnix).Map(Some)
                : Option<OfferedStream>.None;
            var sent = await offered.MatchAsync(
                RightAsync: stream =>
                {
                    var request = new Request(handle.Id, task, args, hook.Address, Optional(options.TaskUrl), stream.Map(s => s.Address));
                    return courier.SendAsync(Sending.Request, to, Document.Write(request), Reach.Anywhere, timeout, giveUp);
                },
                Left: Left<AcommError, Unit>).ConfigureAwait(false);
            if (sent.Case is AcommError error)
            {
                if (error.Delivery.IsFinal())
                    offered.Iter(stream => stream.Iter(s => s.Withdraw()));
                can.Events.Record(new NodeEvent.SendFailed(handle.Id, to, error));
                tracker.SendFailed(handle, error);
            }
        }
        catch (OperationCanceledException)
        {
            // The call is over; whoever called was told why.
        }
    }

    private Either<AcommError, Reply<RawJson>> Outcome(RequestId id, Completion completion) =>
        completion.ToEither(id).Bind<Reply<RawJson>>(response => response.Outcome switch
        {
            Outcome.Success success => new Reply<RawJson>(id, success.Result, StreamOf(response, completion)),
            Outcome.Failure failure => new AcommError.TaskFailed(failure.Text),
            var other => throw new InvalidOperationException($"no such outcome: {other}"),
        });

    private Option<RemoteStream> StreamOf(Response response, Completion completion)
    {
        Reach reach = completion is Completion.Answered { Origin: Origin.External external }
            ? new Reach.Outside(external.From, settings.Outside)
            : Reach.Anywhere;
        return response.StreamUrl.Map(url => new RemoteStream(url, reach, can.Streams));
    }

    private static async Task<AcommError> RefusedAsync(CallOptions options, AcommError error)
    {
        if (options.Stream is { } source)
            await source.DisposeAsync().ConfigureAwait(false);
        return error;
    }
}
