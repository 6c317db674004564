using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Acomm.Bench.Peers;

/// <summary>Kestrel and HttpClient on a unix socket.</summary>
internal static class UnixHttp
{
    public static SocketsHttpHandler NewHandler(string directory) => new()
    {
        ConnectCallback = async (_, cancel) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(PeerKind.SocketIn(directory)), cancel);
            return new NetworkStream(socket, ownsSocket: true);
        },
    };

    public static async Task ServeAsync(
        string directory, HttpProtocols protocols, Action<IServiceCollection> services, Action<WebApplication> map, Action listening, CancellationToken cancel)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
            kestrel.ListenUnixSocket(PeerKind.SocketIn(directory), listen => listen.Protocols = protocols));
        builder.Services.AddRoutingCore();
        services(builder.Services);
        await using var app = builder.Build();
        map(app);
        await app.StartAsync(cancel);
        listening();
        await Task.Delay(Timeout.Infinite, cancel);
    }
}
