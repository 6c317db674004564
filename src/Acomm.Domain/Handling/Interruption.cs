namespace Acomm.Domain;

/// <summary>Why a handler was told to end before it was through: the first reason counts.</summary>
public enum Interruption
{
    /// <summary>It was not.</summary>
    None,

    /// <summary>The time is over in which its caller waits for the answer.</summary>
    TimeOver,

    /// <summary>Its caller waits no more.</summary>
    GivenUp,

    /// <summary>A stop of the node waits no longer for it.</summary>
    Cut,
}

/// <summary>What follows from an interruption.</summary>
public static class Interruptions
{
    /// <summary>Whether somebody still waits for the answer, whatever it is: after the other two nobody does, and none is sent.</summary>
    public static bool IsAnswerWanted(this Interruption interruption) => interruption is Interruption.None or Interruption.Cut;

    /// <summary>What a handler that ended for it has to say.</summary>
    public static AcommError Error(this Interruption interruption, Request request) => interruption switch
    {
        Interruption.TimeOver => new AcommError.TimedOut(request.Id, request.Timeout.IfNone(TimeSpan.Zero)),
        Interruption.GivenUp => new AcommError.Cancelled(request.Id),
        _ => new AcommError.CutByShutdown(request.Id),
    };
}
