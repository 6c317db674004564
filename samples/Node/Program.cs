using System.Net.Sockets;
using Acomm.Adapters;
using Acomm.Domain;
using Acomm.Samples.Node;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

return await Arguments.Parse(args).MatchAsync(
    RightAsync: RunAsync,
    Left: problem => Problem(problem, 2));

static int Problem(string line, int exitCode)
{
    Console.Error.WriteLine(line);
    return exitCode;
}

static async Task<int> RunAsync(Arguments arguments)
{
    try
    {
        using var host = arguments.Http.Match(Some: url => WithHttp(arguments, url), None: () => SocketOnly(arguments));
        await host.StartAsync();
        Console.WriteLine(string.Join(' ', ["ready", $"unix://{arguments.Socket}", .. HttpAddresses(host, arguments)]));
        await host.WaitForShutdownAsync();
        return 0;
    }
    catch (AcommStartException e)
    {
        return Problem($"--socket: {e.Error}", e.Error is AcommError.AddressInUse ? 1 : 2);
    }
    catch (Exception e) when (e is IOException or SocketException or InvalidOperationException)
    {
        return Problem($"--http: {e.Message.ReplaceLineEndings(" ")}", e.InnerException is AddressInUseException ? 1 : 2);
    }
}

static IHost SocketOnly(Arguments arguments)
{
    var builder = Host.CreateApplicationBuilder();
    SetUp(builder, arguments);
    return builder.Build();
}

static IHost WithHttp(Arguments arguments, string url)
{
    var builder = WebApplication.CreateSlimBuilder();
    builder.WebHost.UseUrls(url).ConfigureKestrel(kestrel =>
    {
        // The server is this program's own, so its limits are as well; those of bodies and replies are the library's.
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestLineSize = 8 << 10;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 << 10;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(5);

        // Who connects and says nothing has its place so long; a node's own client lets go after 30 s.
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(35);
        kestrel.Limits.MaxConcurrentConnections = 1_024;
    });
    SetUp(builder, arguments);
    var app = builder.Build();
    app.MapAcomm("/");
    if (arguments.Status)
        app.MapAcommStatus("/status");
    return app;
}

static void SetUp(IHostApplicationBuilder builder, Arguments arguments)
{
    builder.Logging.ClearProviders().AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
    builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);

    // For all of the stop: what is said at its limit still gets out, and a client that is idle or stalled is cut.
    builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = arguments.Drain + TimeSpan.FromMilliseconds(300));
    Tasks.AddTo(builder.Services.AddAcomm(acomm =>
    {
        acomm.SocketPath = arguments.Socket;
        acomm.DrainLimit = arguments.Drain;
    }));
}

// The address as it was given, but for a port that the system was asked to choose.
static IEnumerable<string> HttpAddresses(IHost host, Arguments arguments) => arguments.Http
    .Map(url => url.EndsWith(":0", StringComparison.Ordinal)
        ? host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()
        : url);
