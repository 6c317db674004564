using System.Collections.Concurrent;
using Acomm.Domain;
using LanguageExt;

namespace Acomm.Adapters;

/// <summary>Sends a document as a POST and reads the acknowledgement from the reply's body.</summary>
internal sealed class HttpSender(OutboundHttp http, Limits limits, TimeProvider time)
{
    /// <summary>Says in the head of an acknowledgement that its sender takes cancellations: one of our own.</summary>
    public const string TakesCancellations = "Acomm-Takes-Cancellations";

    private const int MostOwnPeers = 1024;

    private readonly ConcurrentDictionary<Address, bool> ownPeers = new();

    /// <summary>Begins to send to one of our own peers, if it is known to be one.</summary>
    public void Tell(Address to, ReadOnlyMemory<byte> document, Reach reach)
    {
        if (ownPeers.ContainsKey(to))
            _ = SendAsync(to, document, reach, CancellationToken.None);
    }

    public async Task<Either<AcommError, Unit>> SendAsync(Address to, ReadOnlyMemory<byte> document, Reach reach, CancellationToken cancel)
    {
        using var over = new Deadline(limits.HttpSend, time, cancel);
        using var content = new DocumentContent(document);
        var sent = await http.SendAsync(HttpMethod.Post, to, reach, content, over).ConfigureAwait(false);
        return await sent.MatchAsync(
            RightAsync: reply => ReadAsync(to, reply, over),
            Left: Prelude.Left<AcommError, Unit>).ConfigureAwait(false);
    }

    private async Task<Either<AcommError, Unit>> ReadAsync(Address to, HttpResponseMessage reply, Deadline over)
    {
        using (reply)
        {
            if (reply.Headers.Contains(TakesCancellations) && ownPeers.Count < MostOwnPeers)
                ownPeers.TryAdd(to, true);
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
}
