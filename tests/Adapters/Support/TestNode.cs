using Acomm.Adapters;
using Acomm.Domain;
using Acomm.Effects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Acomm.AdapterTests.Support;

/// <summary>A node as an application hosts it: on a unix socket in a directory of its own, and over HTTP on the loopback.</summary>
internal sealed class TestNode : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly TempDirectory directory;

    private TestNode(WebApplication app, TempDirectory directory, RecordedEvents events) =>
        (this.app, this.directory, Events) = (app, directory, events);

    public RecordedEvents Events { get; }

    public string SocketPath => directory.At("node.sock");

    /// <summary>The address of the socket.</summary>
    public string Unix => $"unix://{SocketPath}";

    /// <summary>The address of the endpoints, without a slash at its end.</summary>
    public string Http => app.Urls.First();

    /// <summary>One address or the other, for tests of both.</summary>
    public string Address(bool overHttp) => overHttp ? Http : Unix;

    public IServiceProvider Services => app.Services;

    public IAcomm Acomm => app.Services.GetRequiredService<IAcomm>();

    public AcommNode Node => app.Services.GetRequiredService<AcommNode>();

    public IHostApplicationLifetime Lifetime => app.Lifetime;

    public Tally Tally => Node.Tally;

    /// <summary>Files in the node's directory, sockets included.</summary>
    public string[] Files => Directory.GetFileSystemEntries(directory.Path);

    /// <summary>A path in the node's directory.</summary>
    public string At(string name) => directory.At(name);

    public static async Task<TestNode> StartAsync(
        Action<AcommBuilder>? tasks = null, Action<AcommOptions>? options = null, TimeProvider? time = null, Action<WebApplicationBuilder>? configure = null,
        Action<WebApplication>? map = null)
    {
        var directory = new TempDirectory();
        TestNode? node = null;
        try
        {
            node = Build(directory, tasks, options, time, configure);
            map?.Invoke(node.app);
            await node.app.StartAsync();
            return node;
        }
        catch
        {
            await (node?.app.DisposeAsync() ?? ValueTask.CompletedTask);
            directory.Dispose();
            throw;
        }
    }

    /// <summary>A node with short limits, or others than the defaults.</summary>
    public static Task<TestNode> WithLimitsAsync(Func<Limits, Limits> limits, Action<AcommBuilder>? tasks = null, TimeProvider? time = null) =>
        StartAsync(tasks, options => options.Limits = limits(options.Limits), time);

    public Task StopAsync() => app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        directory.Dispose();
    }

    private static TestNode Build(TempDirectory directory, Action<AcommBuilder>? tasks, Action<AcommOptions>? options, TimeProvider? time, Action<WebApplicationBuilder>? configure)
    {
        var events = new RecordedEvents();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<INodeEvents>(events);
        builder.Services.AddSingleton(time ?? TimeProvider.System);
        configure?.Invoke(builder);
        var acomm = builder.Services.AddAcomm(o =>
        {
            o.SocketPath = directory.At("node.sock");
            o.DrainLimit = TimeSpan.FromSeconds(20);
            options?.Invoke(o);
        });
        tasks?.Invoke(acomm);
        var app = builder.Build();
        app.MapAcomm();
        return new TestNode(app, directory, events);
    }
}
