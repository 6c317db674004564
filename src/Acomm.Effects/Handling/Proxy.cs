using System.Collections.Concurrent;
using Acomm.Domain;
using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Effects;

/// <summary>A request as it is sent on, and the registration of its answer, if one is wanted.</summary>
/// <param name="Request">The request, its stream reachable where it goes.</param>
/// <param name="Registration">The answer that is waited for.</param>
/// <param name="Stream">Its stream, if it is offered; to be withdrawn when the request is over, if nobody has opened it.</param>
internal sealed record Proxied(Request Request, Option<Registration> Registration, Option<OfferedStream> Stream)
{
    public void WithdrawStream()
    {
        if (Stream.Case is OfferedStream stream)
            stream.Withdraw();
    }
}

/// <summary>Carries out the plans of a proxy: streams first, then the registration, and only then a byte of the request.</summary>
internal sealed class Proxy(
    NodeSettings settings, NodeCapabilities can, RunningTracker tracker, HookSource hooks, StreamCarrier carrier, Courier courier,
    GivingUp givingUp, Responder responder, WorkCount sendings, StopSignal stop)
{
    private readonly ConcurrentDictionary<CallKey, SentRequest> passedOn = new();

    /// <summary>Makes the stream reachable and registers the route.</summary>
    /// <param name="plan">The request, and whom its answer is for.</param>
    /// <param name="token">What an answer from outside has to show.</param>
    /// <param name="to">Where the request goes; this node's own socket, if it handles it.</param>
    /// <param name="reach">On whose word it goes there.</param>
    public Either<AcommError, Proxied> Register(ProxyPlan plan, Option<Token> token, Address to, Reach reach)
    {
        if (plan.Route.IsNone && plan.Request.StreamUrl.IsNone)
            return new Proxied(plan.Request, None, None);
        return RegisterRoute(plan, token, to, reach);
    }

    /// <summary>Sends a request on to its task URL. Its answer, or the failure to send it, comes back through this node.</summary>
    /// <param name="passOn">The request, and where it goes.</param>
    /// <param name="sender">Who sent it.</param>
    /// <param name="reach">On whose word its addresses are connected to.</param>
    public Either<AcommError, IThreadPoolWorkItem> PassOn(Intake.PassOn passOn, PeerIdentity sender, Reach reach) =>
        from hook in hooks.For(passOn.To)
        let plan = ProxyPlan.PassOn(passOn.Request, passOn.To, settings.OwnHook, hook.Address, reach)
        from proxied in Register(plan, hook.Token, passOn.To, reach)
        let sent = proxied.Registration.Map(r => new SentRequest(r.Handle, passOn.To, hook.Address, reach))
        let key = Remember(passOn.Request, sender, sent)
        select (IThreadPoolWorkItem)NewWork(() => PassOnAsync(passOn.To, proxied, key, sent, reach));

    /// <summary>Gives up a request that was passed on, if it is one, and tells whoever has it.</summary>
    public void Cancel(CallKey key)
    {
        if (passedOn.TryRemove(key, out var sent))
            givingUp.GiveUp(sent);
    }

    /// <summary>Brings an answer to the hook that its request came with, from another thread.</summary>
    public void Forward(TrackerOutput.Forward forward)
    {
        if (!forward.IsWanted)
            return;
        var origin = forward.Completion is Completion.Answered answered ? answered.Origin : Origin.OwnSocket;
        ThreadPool.UnsafeQueueUserWorkItem(
            NewWork(() =>
            {
                var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                responder.Send(
                    forward.Response, origin, forward.Route.OriginalHook, forward.Route.Reach, forward.Deadline - tracker.Now, stop.Sendings, new Signal(answered));
                return answered.Task;
            }),
            preferLocal: false);
    }

    private async Task PassOnAsync(Address to, Proxied proxied, Option<CallKey> key, Option<SentRequest> sent, Reach reach)
    {
        try
        {
            await SendOnAsync(to, proxied, reach).ConfigureAwait(false);
            if (proxied.Registration.Case is Registration registration)
                await registration.Completion.ConfigureAwait(false);
        }
        finally
        {
            key.IfSome(k => sent.IfSome(s => passedOn.TryRemove(KeyValuePair.Create(k, s))));
            if (proxied.Registration.IsSome)
                proxied.WithdrawStream();
        }
    }

    private async Task SendOnAsync(Address to, Proxied proxied, Reach reach)
    {
        var outcome = await courier.SendAsync(
            Sending.Request, to, Document.Write(proxied.Request), reach, settings.Limits.RequestTimeout, stop.Sendings).ConfigureAwait(false);
        proxied.Registration.IfSome(r => r.Note(SendingPhases.After(outcome)));
        if (outcome.Case is AcommError error)
        {
            can.Events.Record(new NodeEvent.SendFailed(proxied.Request.Id, to, error));
            proxied.Registration.IfSome(r => tracker.SendFailed(r.Handle, error));
        }
    }

    // Only our own peers say how long they wait, and only they cancel. Of two that cannot be told apart the first is meant.
    private Option<CallKey> Remember(Request request, PeerIdentity sender, Option<SentRequest> sent) =>
        from _ in request.Timeout
        from s in sent
        from key in CallKey.Of(request.Id, request.ResponseHook, sender)
        where passedOn.TryAdd(key, s)
        select key;

    // By itself, since what its closures capture is made when it is entered.
    private Either<AcommError, Proxied> RegisterRoute(ProxyPlan plan, Option<Token> token, Address to, Reach reach) =>
        carrier.Carry(plan.Request.StreamUrl, plan.Stream, reach).Bind(stream =>
        {
            var registered = plan.Route.Match(
                Some: route => tracker.Register(plan.Request.Id, plan.Timeout(settings.Limits), route, token, new Subject(plan.Request.Task, to)).Map(Some),
                None: () => Option<Registration>.None);
            if (registered.IsLeft)
                stream.Iter(s => s.Withdraw());
            return registered.Map(r => new Proxied(plan.Request with { StreamUrl = stream.Map(s => s.Address) }, r, stream));
        });

    // Counted from now on.
    private Work NewWork(Func<Task> work)
    {
        sendings.Enter();
        return new Work(work, sendings, can.Events);
    }

    /// <summary>Work that is counted until it is through. What it throws ends it and nothing else.</summary>
    private sealed class Work(Func<Task> work, WorkCount count, INodeEvents events) : IThreadPoolWorkItem
    {
        public void Execute() => _ = RunAsync();

        private async Task RunAsync()
        {
            try
            {
                await work().ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // A stop has given it up.
            }
            catch (Exception e)
            {
                events.Record(new NodeEvent.Faulted(e));
            }
            finally
            {
                count.Leave();
            }
        }
    }

    private sealed class Signal(TaskCompletionSource answered) : IAnswered
    {
        public void Answered(Option<AcommError> lost) => answered.SetResult();
    }
}
