using Acomm.Domain;
using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Effects;

/// <summary>A call: a registration, a sending, and whichever end comes first.</summary>
internal sealed class Caller(
    NodeSettings settings, NodeCapabilities can, RunningTracker tracker, HookSource hooks, StreamCarrier carrier, Courier courier, GivingUp givingUp,
    WorkCount sendings)
{
    private const long NeverRegistered = -1;

    public PendingCall Begin(Address to, TaskName task, RawJson args, CallOptions options, Option<TraceContext> trace)
    {
        var id = options.Id ?? can.Secrets.NewId();
        var timeout = options.Timeout ?? settings.Limits.RequestTimeout;
        var hook = hooks.For(to);
        if (hook.IsLeft)
            return Refused(id, to, (AcommError)hook, options);
        var own = (Hook)hook;

        // Registered before anything is done that the receiver could see: an answer may come at once.
        var registered = tracker.Register(id, timeout, Route.ToCaller, own.Token, new Subject(task, to));
        if (registered.IsLeft)
            return Refused(id, to, (AcommError)registered, options);
        var registration = (Registration)registered;
        sendings.Enter();
        Send(registration, to, own.Address, task, args, options, timeout, trace);
        return new RegisteredCall(this, new SentRequest(registration.Handle, to, own.Address, Reach.Anywhere), registration.Completion);
    }

    /// <summary>Notes that a request was not, or not certainly, sent.</summary>
    public void SendFailed(Handle handle, Address to, AcommError error)
    {
        can.Events.Record(new NodeEvent.SendFailed(handle.Id, to, error));
        tracker.SendFailed(handle, error);
    }

    /// <summary>The sending of a request is over, however it went.</summary>
    public void SendingOver() => sendings.Leave();

    /// <summary>Gives a call up, and tells the receiver so, if it knows what that is.</summary>
    public void GiveUp(in SentRequest sent) => givingUp.GiveUp(sent);

    /// <summary>What a completion means to whoever called.</summary>
    public Either<AcommError, Reply<RawJson>> Read(RequestId id, Completion completion)
    {
        if (completion is not Completion.Answered { Response: var response, Origin: var origin })
            return (AcommError)completion.ToEither(id);
        return response.Outcome is Outcome.Success success
            ? new Reply<RawJson>(id, success.Result, StreamOf(response, origin))
            : new AcommError.TaskFailed(((Outcome.Failure)response.Outcome).Text);
    }

    /// <summary>What a completion means to whoever called, its result read; <see cref="AcommError.ResultMismatch"/> if it does not fit.</summary>
    public Either<AcommError, Reply<T>> Read<T>(RequestId id, Completion completion, TaskName task, PayloadCodec payloads)
    {
        if (completion is not Completion.Answered { Response: { Outcome: Outcome.Success success } response, Origin: var origin })
            return (AcommError)Read(id, completion);
        return payloads.ReadReply<T>(task, id, success.Result, StreamOf(response, origin));
    }

    private PendingCall Refused(RequestId id, Address to, AcommError error, CallOptions options)
    {
        _ = DisposeAsync(options);
        var never = new SentRequest(new Handle(id, NeverRegistered), to, settings.OwnHook, Reach.Anywhere);
        return new RegisteredCall(this, never, Task.FromResult<Completion>(new Completion.Rejected(error)));
    }

    /// <summary>Disposes the stream of a call that is not sent.</summary>
    public async Task DisposeAsync(CallOptions options)
    {
        sendings.Enter();
        try
        {
            await options.DisposeStreamAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            can.Events.Record(new NodeEvent.Faulted(e));
        }
        finally
        {
            sendings.Leave();
        }
    }

    private void Send(
        Registration registration, Address to, Address hook, TaskName task, RawJson args, CallOptions options, TimeSpan timeout, Option<TraceContext> trace)
    {
        var offered = options.Stream is { } source
            ? carrier.Offer(source, overHttp: !to.IsUnix).Map(Some)
            : Option<OfferedStream>.None;
        var stream = offered.IsRight ? (Option<OfferedStream>)offered : None;
        var request = new Request(
            registration.Handle.Id, task, args, hook, Optional(options.TaskUrl), stream.IsNone ? None : stream.Map(s => s.Address))
        {
            Timeout = timeout,
            Trace = trace,
        };
        var call = new Call(this, courier, registration, to, request, timeout, stream);
        if (offered.IsRight)
            courier.Post(call);
        else
            call.Over((AcommError)offered);
    }

    private Option<RemoteStream> StreamOf(Response response, Origin origin)
    {
        if (response.StreamUrl.Case is not Address url)
            return None;
        Reach reach = origin is Origin.External external ? new Reach.Outside(external.From, settings.Outside) : Reach.Anywhere;
        return new RemoteStream(url, reach, can.Streams);
    }
}
