using Acomm.Domain;
using LanguageExt;

namespace Acomm.Effects;

/// <summary>Sends documents, again where that is safe and of use.</summary>
internal sealed class Courier(Limits limits, NodeCapabilities can)
{
    /// <summary>Sends until it succeeds, fails for good, or the time that is left is over.</summary>
    public async Task<Either<AcommError, Unit>> SendAsync(
        Sending sending, Address to, ReadOnlyMemory<byte> document, Reach reach, TimeSpan remaining, CancellationToken cancel)
    {
        if (document.Length > limits.FrameBytes)
            return new AcommError.FrameTooLong(limits.FrameBytes, document.Length);
        if (reach.Check(to).Case is AcommError forbidden)
            return forbidden;
        var start = can.Time.GetTimestamp();
        for (var attempts = 1; ; attempts++)
        {
            var sent = await can.Sender.SendAsync(to, document, reach, cancel).ConfigureAwait(false);
            var left = remaining - can.Time.GetElapsedTime(start);
            if (sent.Case is not AcommError error || Retry.After(sending, error, attempts, left, can.Secrets.NewJitter()).Case is not TimeSpan wait)
                return sent;
            await Task.Delay(wait, can.Time, cancel).ConfigureAwait(false);
        }
    }
}
