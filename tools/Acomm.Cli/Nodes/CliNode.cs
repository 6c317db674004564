using Acomm.Adapters;
using Acomm.Effects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Acomm.Cli.Nodes;

/// <summary>How the node of a command is set up.</summary>
/// <param name="Socket">Its unix socket; one in a directory of its own, which goes with the node, if it is not set.</param>
/// <param name="Http">Where it listens on HTTP, if it does.</param>
/// <param name="PublicUrl">Under which address others reach that.</param>
/// <param name="Drain">How long a stop waits for what is open.</param>
internal sealed record NodeSetup(string? Socket, string? Http, string? PublicUrl, TimeSpan Drain);

/// <summary>A node of this process, started. Nothing of the directory that the tool is started in has any say in it.</summary>
internal sealed class CliNode : IAsyncDisposable
{
    private readonly IHost host;
    private readonly DirectoryInfo? directory;
    private readonly CancellationToken hurry;

    private CliNode(IHost host, DirectoryInfo? directory, CancellationToken hurry) => (this.host, this.directory, this.hurry) = (host, directory, hurry);

    public IAcomm Acomm => host.Services.GetRequiredService<IAcomm>();

    /// <summary>What is printed when it takes requests: its addresses.</summary>
    public string ReadyLine => string.Join(' ', ["ready", Acomm.Address.ToString(), .. HttpAddresses]);

    /// <summary>The HTTP addresses that it listens on.</summary>
    public IEnumerable<string> HttpAddresses =>
        host.Services.GetService<IServer>()?.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];

    /// <summary>Starts a node. What keeps it from starting is thrown.</summary>
    /// <param name="setup">How it is set up.</param>
    /// <param name="signals">They end its stop.</param>
    /// <param name="events">Is told what happens.</param>
    /// <param name="tasks">Adds tasks.</param>
    /// <param name="map">Maps HTTP endpoints in the place of the node's own.</param>
    public static async Task<CliNode> StartAsync(
        NodeSetup setup, Signals signals, INodeEvents events, Action<AcommBuilder>? tasks = null, Action<WebApplication>? map = null)
    {
        var directory = setup.Socket is null ? Directory.CreateTempSubdirectory("acomm-") : null;
        var node = new CliNode(Build(setup, setup.Socket ?? Path.Combine(directory!.FullName, "cli.sock"), events, tasks, map), directory, signals.Hurry);
        try
        {
            await node.host.StartAsync(signals.Stop);
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync(hurry);
        if (host is IAsyncDisposable disposable)
            await disposable.DisposeAsync();
        directory?.Delete(recursive: true);
    }

    private static IHost Build(NodeSetup setup, string socket, INodeEvents events, Action<AcommBuilder>? tasks, Action<WebApplication>? map)
    {
        if (setup.Http is not { } http)
        {
            var bare = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
            Add(bare, setup, socket, events, tasks);
            return bare.Build();
        }

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(http).ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddRoutingCore();
        Add(builder, setup, socket, events, tasks);
        var app = builder.Build();
        if (map is null)
            app.MapAcomm("/");
        else
            map(app);
        return app;
    }

    private static void Add(IHostApplicationBuilder builder, NodeSetup setup, string socket, INodeEvents events, Action<AcommBuilder>? tasks)
    {
        builder.Services.AddSingleton(events);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = setup.Drain + TimeSpan.FromSeconds(1));
        var acomm = builder.Services.AddAcomm(options =>
        {
            options.SocketPath = socket;
            options.PublicUrl = setup.PublicUrl;
            options.DrainLimit = setup.Drain;
        });
        tasks?.Invoke(acomm);
    }
}
