using Acomm.Adapters;
using Acomm.Effects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Acomm.AdapterTests.Support;

/// <summary>An application that a test sets up itself, with nodes by name in one directory; over HTTP on the loopback.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private readonly WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
    private readonly TempDirectory directory = new();
    private WebApplication? app;

    public TestHost()
    {
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.WebHost.UseDefaultServiceProvider(di => (di.ValidateScopes, di.ValidateOnBuild) = (true, true));
        builder.Services.AddRoutingCore();
    }

    public WebApplicationBuilder Builder => builder;

    public IServiceCollection Collection => builder.Services;

    /// <summary>The application, once it is built.</summary>
    public WebApplication App => app ??= builder.Build();

    public string Http => App.Urls.First();

    /// <summary>Files in the directory, sockets included.</summary>
    public string[] Files => [.. Directory.GetFileSystemEntries(directory.Path).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    /// <summary>Adds a node whose socket is its name; the unnamed one's is <c>node.sock</c>.</summary>
    public AcommBuilder Add(string name, Action<AcommOptions>? options = null) => builder.Services.AddAcomm(name, o =>
    {
        o.SocketPath = At(name);
        o.DrainLimit = TimeSpan.FromSeconds(20);
        options?.Invoke(o);
    });

    public IAcomm Acomm(string name = "") => App.Services.GetRequiredKeyedService<IAcomm>(name);

    /// <summary>The path of a node's socket.</summary>
    public string At(string name) => directory.At($"{(name.Length == 0 ? "node" : name)}.sock");

    /// <summary>The address of a node's socket.</summary>
    public string Unix(string name) => $"unix://{At(name)}";

    public Task StartAsync() => App.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        directory.Dispose();
    }
}
