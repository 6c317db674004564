using LanguageExt;

namespace Acomm.Domain;

/// <summary>Who waits for an answer.</summary>
public abstract record Route
{
    private Route() { }

    /// <summary>A caller in this process.</summary>
    public sealed record Local : Route;

    /// <summary>Another node, to whose hook the answer is passed on.</summary>
    /// <param name="OriginalHook">The hook that the request came with.</param>
    /// <param name="Reach">On whose word the hook is connected to.</param>
    public sealed record Forward(Address OriginalHook, Reach Reach) : Route;

    /// <summary>The one local route.</summary>
    public static Route ToCaller { get; } = new Local();
}

/// <summary>Where a response came from.</summary>
public abstract record Origin
{
    private Origin() { }

    /// <summary>This node's own unix socket, which only its own users can open.</summary>
    public sealed record Local : Origin;

    /// <summary>Elsewhere, over HTTP: from this address, with the token that it showed.</summary>
    public sealed record External(IpAddress From, Option<Token> Token) : Origin;

    /// <summary>The one local origin.</summary>
    public static Origin OwnSocket { get; } = new Local();
}

/// <summary>One registration, as opposed to its id, which a later one may use again.</summary>
public readonly record struct Handle(RequestId Id, long Number);

/// <summary>What can happen to a tracker. Every input carries the time at which it happened.</summary>
public abstract record TrackerInput
{
    private TrackerInput() { }

    /// <summary>The time at which it happened.</summary>
    public required Instant At { get; init; }

    /// <summary>Work may begin, or begin again.</summary>
    public sealed record Start : TrackerInput;

    /// <summary>A request is about to be sent; its answer is waited for.</summary>
    /// <param name="Id">The id that the answer will carry.</param>
    /// <param name="Timeout">How long to wait.</param>
    /// <param name="Route">Who waits.</param>
    /// <param name="Token">What an answer from outside must show; without it none from outside is taken.</param>
    public sealed record Register(RequestId Id, TimeSpan Timeout, Route Route, Option<Token> Token) : TrackerInput;

    /// <summary>A response was decoded.</summary>
    public sealed record Respond(Response Response, Origin Origin) : TrackerInput;

    /// <summary>The request of a registration could not be sent, or not certainly.</summary>
    public sealed record SendFailed(Handle Handle, AcommError Error) : TrackerInput;

    /// <summary>The caller gives a registration up.</summary>
    public sealed record Cancel(Handle Handle) : TrackerInput;

    /// <summary>Time passed; what is due expires.</summary>
    public sealed record TimePassed : TrackerInput;

    /// <summary>No more registrations; when the open ones are through, or the limit is over, the tracker is drained.</summary>
    public sealed record Stop(Option<TimeSpan> Limit) : TrackerInput;
}
