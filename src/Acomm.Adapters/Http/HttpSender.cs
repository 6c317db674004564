using Acomm.Domain;
using LanguageExt;

namespace Acomm.Adapters;

/// <summary>Sends a document as a POST and reads the acknowledgement from the reply's body.</summary>
internal sealed class HttpSender(OutboundHttp http, Limits limits, TimeProvider time)
{
    /// <summary>Says in the head of an acknowledgement that its sender takes cancellations: one of our own.</summary>
    public const string TakesCancellations = "Acomm-Takes-Cancellations";

    private OwnPeers ownPeers = OwnPeers.None;

    /// <summary>Begins to send to one of our own peers, if it is known to be one.</summary>
    public void Tell(Address to, ReadOnlyMemory<byte> document, Reach reach)
    {
        if (Volatile.Read(ref ownPeers).Contains(to))
            _ = SendAsync(to, document, reach, CancellationToken.None);
    }

    public async Task<Either<AcommError, Unit>> SendAsync(Address to, ReadOnlyMemory<byte> document, Reach reach, CancellationToken cancel)
    {
        using var over = new Deadline(limits.HttpSend, time, cancel);
        using var content = new DocumentContent(document);
        var sent = await http.SendAsync(HttpMethod.Post, to, reach, content, over).ConfigureAwait(false);
        return await sent.MatchAsync(
            RightAsync: reply => ReadAsync(to, reach, reply, over),
            Left: Prelude.Left<AcommError, Unit>).ConfigureAwait(false);
    }

    private async Task<Either<AcommError, Unit>> ReadAsync(Address to, Reach reach, HttpResponseMessage reply, Deadline over)
    {
        using (reply)
        {
            Heard(to, reach, reply.Headers.Contains(TakesCancellations));
            try
            {
                var stream = await reply.Content.ReadAsStreamAsync(over.Token).ConfigureAwait(false);
                var body = await BoundedBody.ReadAsync(stream, limits.FrameBytes, over.Token).ConfigureAwait(false);
                return body.Match(
                    Right: bytes => Acks.Read(to, (int)reply.StatusCode, bytes, limits),
                    Left: tooLong => HttpFailure.At(HttpStage.Reply, to, isWritten: true, tooLong.Message));
            }
            catch (Exception e) when (e is IOException or HttpRequestException)
            {
                return HttpFailure.At(HttpStage.Reply, to, isWritten: true, e.Message);
            }
            catch (OperationCanceledException) when (over.IsOver)
            {
                return HttpFailure.Late(to, isWritten: true, limits.HttpSend);
            }
        }
    }

    private void Heard(Address to, Reach reach, bool isOwn)
    {
        OwnPeers before, after;
        do
        {
            before = Volatile.Read(ref ownPeers);
            after = before.Heard(to, reach, isOwn);
        }
        while (!ReferenceEquals(after, before) && Interlocked.CompareExchange(ref ownPeers, after, before) != before);
    }
}
