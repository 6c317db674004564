using LanguageExt;

namespace Acomm.Domain;

/// <summary>What is known of the way of a request to its receiver.</summary>
public enum SendingPhase
{
    /// <summary>It is being sent, perhaps again.</summary>
    Sending,

    /// <summary>The receiver has it, and said so.</summary>
    Acknowledged,

    /// <summary>It was written and not acknowledged: the receiver may have it.</summary>
    Unsure,
}

/// <summary>The one place that tells them apart.</summary>
public static class SendingPhases
{
    /// <summary>How far a request got whose sending ended so.</summary>
    public static SendingPhase After(Either<AcommError, Unit> outcome) =>
        outcome.IsRight ? SendingPhase.Acknowledged : ((AcommError)outcome).Delivery switch
        {
            Delivery.Indeterminate => SendingPhase.Unsure,
            Delivery.Taken => SendingPhase.Acknowledged,
            _ => SendingPhase.Sending,
        };
}

/// <summary>What a request asks, and of whom.</summary>
/// <param name="Task">The task.</param>
/// <param name="To">Where the request is sent; the node's own socket, if it handles it itself for another machine.</param>
public readonly record struct Subject(TaskName Task, Option<Address> To);

/// <summary>A request that is open, as a report sees it: without its token, which no report needs.</summary>
/// <param name="Handle">Its registration.</param>
/// <param name="Since">When it was registered.</param>
/// <param name="Deadline">When it is given up.</param>
/// <param name="Subject">What it asks.</param>
/// <param name="Phase">How far it got.</param>
/// <param name="IsProxied">Whether its answer is for another node.</param>
public readonly record struct OutstandingRequest(
    Handle Handle, Instant Since, Instant Deadline, Subject Subject, SendingPhase Phase, bool IsProxied);
