using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Acomm.Domain;
using LanguageExt;

namespace Acomm.Adapters;

/// <summary>
/// The HTTP client: no redirects, cookies, credentials or proxies. What somebody outside named goes to an IP address that
/// was checked, never to a name, so that no pooled connection leads where its request may not.
/// </summary>
internal sealed class OutboundHttp(Limits limits, TimeProvider time) : IDisposable
{
    private readonly HttpMessageInvoker client = new(NewHandler(limits, time), disposeHandler: true);

    /// <summary>The head of the reply, its body still to be read. Throws only for the cancellation of whoever set the deadline.</summary>
    public async Task<Either<AcommError, HttpResponseMessage>> SendAsync(
        HttpMethod method, Address to, Reach reach, DocumentContent? content, Deadline over)
    {
        try
        {
            var targets = await TargetsAsync(to, reach, over.Token).ConfigureAwait(false);
            return await targets.MatchAsync(
                RightAsync: all => SendToFirstAsync(method, to, all, content, over.Token),
                Left: Prelude.Left<AcommError, HttpResponseMessage>).ConfigureAwait(false);
        }
        catch (UriFormatException e)
        {
            return new AcommError.AddressUnusable(to, e.Message);
        }
        catch (OperationCanceledException e) when (e.InnerException is TimeoutException)
        {
            // The client's own limit, which is for the handshake too: a server may keep that from ever ending.
            return HttpFailure.Late(to, content?.IsWritten ?? false, limits.Connect);
        }
        catch (OperationCanceledException) when (over.IsOver)
        {
            return HttpFailure.Late(to, content?.IsWritten ?? true, limits.HttpSend);
        }
    }

    public void Dispose() => client.Dispose();

    private async Task<Either<AcommError, Seq<Address>>> TargetsAsync(Address to, Reach reach, CancellationToken cancel)
    {
        if (to.HttpTarget.Case is AcommError error)
            return error;
        if (reach is Reach.Trusted)
            return Prelude.Seq1(to);
        try
        {
            var resolved = await ResolveAsync(new Uri(to.HttpTarget.IfLeft("")).IdnHost, cancel).ConfigureAwait(false);
            return reach.Targets(to, resolved.Select(ip => IpAddress.Of(ip.GetAddressBytes())).Somes().Distinct().ToSeq());
        }
        catch (SocketException e)
        {
            return HttpFailure.At(HttpStage.Name, to, isWritten: false, e.Message);
        }
    }

    // The next address only where there is none to talk to at the one before.
    private async Task<Either<AcommError, HttpResponseMessage>> SendToFirstAsync(
        HttpMethod method, Address to, Seq<Address> targets, DocumentContent? content, CancellationToken cancel)
    {
        Either<AcommError, HttpResponseMessage> reply = new AcommError.AddressUnusable(to, "leads nowhere");
        foreach (var target in targets)
        {
            reply = await SendOnceAsync(method, to, target, content, cancel).ConfigureAwait(false);
            if (reply.Case is not AcommError.PeerUnreachable)
                break;
        }

        return reply;
    }

    private async Task<Either<AcommError, HttpResponseMessage>> SendOnceAsync(
        HttpMethod method, Address to, Address target, DocumentContent? content, CancellationToken cancel)
    {
        // Not disposed, which would only dispose the content, and that may have to go elsewhere.
        var request = new HttpRequestMessage(method, target.HttpTarget.IfLeft("")) { Content = content };
        if (target != to && new Uri(to.HttpTarget.IfLeft("")) is { HostNameType: UriHostNameType.Dns } named)
            request.Headers.Host = named.IsDefaultPort ? named.IdnHost : $"{named.IdnHost}:{named.Port}";
        try
        {
            return await client.SendAsync(request, cancel).ConfigureAwait(false);
        }
        catch (HttpRequestException e)
        {
            var stage = StageOf(e);
            return HttpFailure.At(stage, to, content?.IsWritten ?? stage >= HttpStage.Exchange, (e.InnerException ?? e).Message);
        }
    }

    private static HttpStage StageOf(HttpRequestException e) => e switch
    {
        { InnerException: ConnectFailedException failed } => failed.Stage,
        { HttpRequestError: HttpRequestError.SecureConnectionError } or { InnerException: AuthenticationException } => HttpStage.Handshake,
        { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded } => HttpStage.Reply,
        _ => HttpStage.Exchange,
    };

    private static SocketsHttpHandler NewHandler(Limits limits, TimeProvider time) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        MaxResponseHeadersLength = 64,
        MaxResponseDrainSize = 0,
        ConnectTimeout = limits.Connect,
        ConnectCallback = (context, cancel) => ConnectAsync(context.DnsEndPoint, limits, time, cancel),
    };

    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint to, Limits limits, TimeProvider time, CancellationToken cancel)
    {
        using var over = new Deadline(limits.Connect, time, cancel);
        var stage = HttpStage.Name;
        Socket? socket = null;
        try
        {
            var resolved = await ResolveAsync(to.Host, over.Token).ConfigureAwait(false);
            stage = HttpStage.Connection;
            socket = DescriptorReserve.Open(static () => new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true });
            await socket.ConnectAsync(resolved, to.Port, over.Token).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (Exception e)
        {
            socket?.Dispose();
            if (e is SocketException)
                throw new ConnectFailedException(stage, e.Message);
            if (over.IsOver)
                throw new ConnectFailedException(HttpStage.Connection, $"no connection within {limits.Connect.TotalSeconds:0.###} s");
            throw;
        }
    }

    private static Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancel) =>
        IPAddress.TryParse(host, out var literal) ? Task.FromResult<IPAddress[]>([literal]) : Dns.GetHostAddressesAsync(host, cancel);

    // Brings out of the client where it failed.
    private sealed class ConnectFailedException(HttpStage stage, string message) : IOException(message)
    {
        public HttpStage Stage => stage;
    }
}
