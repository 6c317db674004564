using System.Net;
using Acomm.Adapters;
using Acomm.Cli.Terminal;
using Acomm.Domain;
using Acomm.Effects;
using LanguageExt;
using Microsoft.AspNetCore.Http;

namespace Acomm.Cli.Nodes;

/// <summary>Takes what peers send, prints a line of JSON for each document, and answers requests if it is told what with.</summary>
internal sealed class Listener(IAcomm acomm, RawJson? answer, Screen screen)
{
    private readonly SemaphoreSlim one = new(1);
    private readonly TaskCompletionSource failed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends with what keeps it from printing.</summary>
    public Task Failed => failed.Task;

    /// <summary>Takes what comes on a socket.</summary>
    public async Task OnSocketAsync(UnixListener listener, CancellationToken stop)
    {
        await foreach (var connection in listener.AcceptAsync(cancel: stop))
            _ = OnSocketAsync(connection, $"unix://{listener.Path}");
    }

    /// <summary>Takes what comes over HTTP.</summary>
    public async Task OverHttpAsync(HttpContext http)
    {
        var from = IpAddress.Of((http.Connection.RemoteIpAddress ?? IPAddress.Loopback).GetAddressBytes()).IfNone(default(IpAddress));
        var body = await BodyAsync(http.Request.Body, http.RequestAborted);
        var acknowledgement = await TakeAsync(body, new PeerIdentity.HttpAddress(from), $"http://{http.Request.Host}{http.Request.Path}");
        http.Response.StatusCode = HttpReply.StatusOf(acknowledgement);
        http.Response.ContentType = "application/json";
        await http.Response.Body.WriteAsync(Document.Write(acknowledgement), http.RequestAborted);
    }

    private static async Task<Either<AcommError, ReadOnlyMemory<byte>>> BodyAsync(Stream body, CancellationToken cancel)
    {
        // Nothing behind the first byte above the limit is counted.
        var limitBytes = Limits.Default.FrameBytes;
        return await Input.ReadAllAsync(body, limitBytes, cancel) is { } read ? read : new AcommError.FrameTooLong(limitBytes, limitBytes + 1);
    }

    private async Task OnSocketAsync(UnixConnection connection, string path)
    {
        await using var open = connection;
        try
        {
            using var late = new CancellationTokenSource(Limits.Default.FrameRead);
            var frame = await connection.Stream.ReadFrameAsync(Limits.Default.FrameBytes, cancel: late.Token);
            if (frame.Exists(bytes => bytes.IsNone))
                return;
            var acknowledgement = await TakeAsync(frame.Map(bytes => bytes.IfNone(default(ReadOnlyMemory<byte>))), connection.Peer, path);
            await connection.Stream.WriteFrameAsync(Document.Write(acknowledgement), Limits.Default.FrameBytes, late.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // It went, or sends nothing; there is nothing to print.
        }
    }

    // What came, or why nothing did: the acknowledgement for it, once it is printed.
    private async Task<Acknowledgement> TakeAsync(Either<AcommError, ReadOnlyMemory<byte>> document, PeerIdentity from, string path)
    {
        var message = document.Bind(bytes => Document.ReadMessage(bytes, Limits.Default));
        await one.WaitAsync();
        try
        {
            await Output.WriteJsonAsync(ListenedLine.Of(document, from, path, message));
        }
        catch (ReaderGoneException e)
        {
            failed.TrySetException(e);
        }
        finally
        {
            one.Release();
        }

        if (answer is { } result && message.Case is Message.OfRequest { Request: var request })
            _ = AnswerAsync(request, from, result);
        return message.Match(Right: _ => Acknowledgement.Ok, Left: Acknowledgement.Refuse);
    }

    // Whoever is on another machine is answered there, and at no other place that it names.
    private async Task AnswerAsync(Request request, PeerIdentity from, RawJson result)
    {
        var outside = from as PeerIdentity.HttpAddress;
        var seen = outside is null ? request : FromOutside.SeenFromHere(request, outside.Ip);
        Reach reach = outside is null ? Reach.Anywhere : new Reach.Outside(outside.Ip, OutsidePolicy.Default);
        if (seen.ResponseHook.Case is not Address hook)
            return;
        var sent = await reach.Check(hook).MatchAsync(RightAsync: to => acomm.SendAsync(to, seen.Succeed(result)), Left: error => error);
        sent.IfLeft(error => screen.Note($"the answer to {request.Id} did not reach {hook.Shown}: {error}"));
    }
}
