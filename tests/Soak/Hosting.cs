using Acomm.Adapters;
using Acomm.Domain;
using Acomm.Effects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Acomm.Soak;

/// <summary>A node as both sides host it: on a unix socket, over HTTP on a free port of this machine, with short limits.</summary>
internal static class Hosting
{
    /// <summary>How long a stop lets open requests finish.</summary>
    public static readonly TimeSpan Drain = TimeSpan.FromSeconds(5);

    /// <summary>Streams that nobody reads are gone after this time, and what is remembered is full soon, so that a short run shows what a long one would.</summary>
    private static readonly Limits Limits = Limits.Default with
    {
        RememberedIds = 256,
        StreamUnopened = TimeSpan.FromSeconds(2),
        StreamIdle = TimeSpan.FromSeconds(2),
    };

    public static WebApplication NewNode(string socket, Wrongs wrongs, Action<AcommBuilder> tasks)
    {
        // Settings files of the directory that it is started in are not meant for it.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<INodeEvents>(wrongs);
        tasks(builder.Services.AddAcomm(options =>
        {
            options.SocketPath = socket;
            options.DrainLimit = Drain;
            options.Limits = Limits;
        }));
        var app = builder.Build();
        app.MapAcomm("/");
        return app;
    }
}
