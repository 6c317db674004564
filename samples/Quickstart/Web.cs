using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Acomm.Samples.Quickstart;

/// <summary>What both processes are hosted by: HTTP on this machine only, on a free port, and no logs.</summary>
internal static class Web
{
    public static WebApplicationBuilder NewBuilder()
    {
        // Settings files of the directory that it is started in are not meant for it.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        return builder;
    }
}
