using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Acomm.Domain;
using Microsoft.Extensions.DependencyInjection;

namespace Acomm.Adapters;

/// <summary>
/// The HTTP clients: redirects, cookies and system proxies off, and every connection checked against the reach of its
/// request once the host is resolved.
/// </summary>
internal static class OutboundHttp
{
    /// <summary>For addresses that this node's users gave; connections are kept.</summary>
    public const string TrustedClient = "acomm";

    /// <summary>For addresses that came from outside; each request has a connection of its own, since that is what is checked.</summary>
    public const string OutsideClient = "acomm-outside";

    private static readonly HttpRequestOptionsKey<Reach> ReachKey = new("acomm.reach");
    private static readonly HttpRequestOptionsKey<Address> AddressKey = new("acomm.address");

    public static void AddClients(IServiceCollection services)
    {
        services.AddHttpClient(TrustedClient, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(provider => NewHandler(provider, TimeSpan.FromMinutes(2)))
            .RemoveAllLoggers();
        services.AddHttpClient(OutsideClient, client => client.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(provider => NewHandler(provider, TimeSpan.Zero))
            .RemoveAllLoggers();
    }

    public static HttpClient ClientFor(IHttpClientFactory clients, Reach reach) =>
        clients.CreateClient(reach is Reach.Trusted ? TrustedClient : OutsideClient);

    public static HttpRequestMessage NewRequest(HttpMethod method, Address to, string target, Reach reach)
    {
        var request = new HttpRequestMessage(method, target);
        request.Options.Set(ReachKey, reach);
        request.Options.Set(AddressKey, to);
        return request;
    }

    /// <summary>What an exception of the client means for the message.</summary>
    public static AcommError ErrorOf(Address to, HttpRequestException e) => e switch
    {
        { InnerException: ConnectFailedException failed } => failed.Error,
        { HttpRequestError: HttpRequestError.NameResolutionError } => new AcommError.DnsFailed(to, e.Message),
        { HttpRequestError: HttpRequestError.SecureConnectionError } => new AcommError.TlsFailed(to, (e.InnerException ?? e).Message),
        { HttpRequestError: HttpRequestError.ConnectionError } => new AcommError.PeerUnreachable(to, e.Message),
        { InnerException: AuthenticationException tls } => new AcommError.TlsFailed(to, tls.Message),
        _ => new AcommError.PeerClosed(to, e.Message, Delivery.Indeterminate),
    };

    /// <summary>What a connection that was not made in time means; nothing, if something else was cancelled.</summary>
    public static AcommError? ErrorOf(Address to, OperationCanceledException e, Limits limits)
    {
        if (e.InnerException is not TimeoutException)
            return null;
        var reason = $"no connection within {limits.Connect.TotalSeconds:0.###} s";
        return to.Scheme == Scheme.Https ? new AcommError.TlsFailed(to, reason) : new AcommError.PeerUnreachable(to, reason);
    }

    private static SocketsHttpHandler NewHandler(IServiceProvider provider, TimeSpan lifetime)
    {
        var limits = provider.GetRequiredService<AcommOptions>().Limits;
        var time = provider.GetRequiredService<TimeProvider>();
        return new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            PooledConnectionLifetime = lifetime,
            MaxResponseHeadersLength = 64,

            // With the handshake, which a server may keep from ever ending.
            ConnectTimeout = limits.Connect,
            ConnectCallback = (context, cancel) => ConnectAsync(context, limits, time, cancel),
        };
    }

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, Limits limits, TimeProvider time, CancellationToken cancel)
    {
        context.InitialRequestMessage.Options.TryGetValue(ReachKey, out var reach);
        context.InitialRequestMessage.Options.TryGetValue(AddressKey, out var address);
        using var over = new Deadline(limits.Connect, time, cancel);
        var host = context.DnsEndPoint.Host;
        try
        {
            var resolved = await ResolveAsync(address!, host, over.Token).ConfigureAwait(false);
            var allowed = resolved.Where(ip => IpAddress.Of(ip.GetAddressBytes()).Exists(a => reach!.Allows(host, a))).ToArray();
            if (allowed.Length == 0)
                throw new ConnectFailedException(new AcommError.AddressForbidden(address!, "it leads to a machine that the sender may not name"));
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, over.Token).ConfigureAwait(false);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
        catch (SocketException e)
        {
            throw new ConnectFailedException(new AcommError.PeerUnreachable(address!, e.Message));
        }
        catch (OperationCanceledException) when (over.IsOver)
        {
            throw new ConnectFailedException(new AcommError.PeerUnreachable(address!, $"no connection within {limits.Connect.TotalSeconds:0.###} s"));
        }
    }

    private static async Task<IPAddress[]> ResolveAsync(Address address, string host, CancellationToken cancel)
    {
        try
        {
            return IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancel).ConfigureAwait(false);
        }
        catch (SocketException e)
        {
            throw new ConnectFailedException(new AcommError.DnsFailed(address, e.Message));
        }
    }
}

/// <summary>Brings the reason why no connection was made out of the HTTP client.</summary>
internal sealed class ConnectFailedException(AcommError error) : IOException(error.ToString())
{
    public AcommError Error { get; } = error;
}
