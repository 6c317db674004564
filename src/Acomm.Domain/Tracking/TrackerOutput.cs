using LanguageExt;

namespace Acomm.Domain;

/// <summary>How a registration ended. There is exactly one for each.</summary>
public abstract record Completion
{
    private Completion() { }

    /// <summary>Its response came, from there.</summary>
    public sealed record Answered(Response Response, Origin Origin) : Completion;

    /// <summary>Nothing came in time.</summary>
    public sealed record TimedOut(TimeSpan Timeout) : Completion;

    /// <summary>Its caller gave it up.</summary>
    public sealed record Cancelled : Completion;

    /// <summary>Its request was certainly not taken.</summary>
    public sealed record Rejected(AcommError Error) : Completion;

    /// <summary>The limit of the stop was over first.</summary>
    public sealed record Shutdown : Completion;

    /// <summary>The response, or the error that stands for it.</summary>
    public Either<AcommError, Response> ToEither(RequestId id) => this switch
    {
        Answered answered => answered.Response,
        TimedOut timedOut => new AcommError.TimedOut(id, timedOut.Timeout),
        Rejected rejected => rejected.Error,
        Shutdown => new AcommError.CutByShutdown(id),
        _ => new AcommError.Cancelled(id),
    };
}

/// <summary>Why a response found nobody.</summary>
public enum DropReason
{
    /// <summary>The request was answered before.</summary>
    Duplicate,

    /// <summary>The request timed out or was given up before.</summary>
    Late,

    /// <summary>No such request is remembered.</summary>
    Unknown,

    /// <summary>It came from outside without the request's token.</summary>
    Forbidden,
}

/// <summary>What a tracker decides.</summary>
public abstract record TrackerOutput
{
    private TrackerOutput() { }

    /// <summary>The request is registered, and may be sent.</summary>
    public sealed record Admitted(Handle Handle) : TrackerOutput;

    /// <summary>The request is not registered, and must not be sent.</summary>
    public sealed record Refused(RequestId Id, AcommError Error) : TrackerOutput;

    /// <summary>A local caller gets its outcome.</summary>
    public sealed record Deliver(Handle Handle, Completion Completion) : TrackerOutput;

    /// <summary>A response goes on to the hook that the request came with; after <paramref name="Deadline"/> nobody waits for it.</summary>
    public sealed record Forward(Handle Handle, Completion Completion, Route.Forward Route, Response Response, Instant Deadline) : TrackerOutput
    {
        /// <summary>Whether anybody waits at the hook: not for what was given up there.</summary>
        public bool IsWanted => Completion is not Completion.Cancelled;
    }

    /// <summary>A response found nobody.</summary>
    public sealed record Dropped(RequestId Id, DropReason Reason) : TrackerOutput
    {
        /// <summary>The error that the responder is told.</summary>
        public AcommError Error => Reason switch
        {
            DropReason.Duplicate => new AcommError.ResponseDuplicate(Id),
            DropReason.Late => new AcommError.ResponseLate(Id),
            DropReason.Unknown => new AcommError.ResponseUnknown(Id),
            _ => new AcommError.ResponseForbidden(Id),
        };
    }

    /// <summary>The stop is over; so many requests were open when its limit was.</summary>
    public sealed record Drained(long Cut) : TrackerOutput;
}
