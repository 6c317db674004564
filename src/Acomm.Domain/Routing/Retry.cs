using LanguageExt;
using static LanguageExt.Prelude;

namespace Acomm.Domain;

/// <summary>What is sent, and so who learns of a failure.</summary>
public enum Sending
{
    /// <summary>A request: its caller is told at once and decides.</summary>
    Request,

    /// <summary>An answer: if it is lost nobody hears of it, so every failure that may pass is worth another try.</summary>
    Answer,
}

/// <summary>When a message that was not sent, or was not taken, is sent again.</summary>
public static class Retry
{
    /// <summary>A message is tried so many times in all.</summary>
    public const int LimitAttempts = 6;

    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// How long to wait before the next try; none if there is to be none: the failure may have reached the peer, or is
    /// not one that passes, or too many tries were made, or the next one would come after the deadline.
    /// </summary>
    /// <param name="sending">What is sent.</param>
    /// <param name="error">The failure of the last try.</param>
    /// <param name="attempts">Tries made, at least 1.</param>
    /// <param name="remaining">Time left to the deadline.</param>
    /// <param name="jitter">A random number of [0, 1): the wait is between half of the doubled step and all of it.</param>
    public static Option<TimeSpan> After(Sending sending, AcommError error, int attempts, TimeSpan remaining, double jitter)
    {
        if (!Passes(sending, error) || attempts is < 1 or >= LimitAttempts)
            return None;
        var share = jitter is > 0 and <= 1 ? jitter : 0;
        var wait = First * Math.Pow(2, attempts - 1) * (0.5 + (share / 2));
        return wait < remaining ? wait : None;
    }

    // A peer that cut the connection for another one took nothing, and has a place again soon.
    private static bool Passes(Sending sending, AcommError error) => error switch
    {
        AcommError.PeerOverloaded => true,
        AcommError.Rejected rejected => rejected.Code.Exists(code => code == nameof(AcommError.ConnectionLimit)),
        AcommError.PeerUnreachable or AcommError.PeerClosed or AcommError.WriteTimeout or AcommError.DnsFailed =>
            sending == Sending.Answer && error.Delivery == Delivery.NotSent,
        _ => false,
    };
}
