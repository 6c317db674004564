using Acomm.DocumentTests.Markdown;
using Acomm.DocumentTests.Support;

namespace Acomm.DocumentTests;

/// <summary>docs/status.md</summary>
public sealed class StatusTests
{
    [Theory]
    [Blocks("docs/status.md#what-a-node-is-doing")]
    public async Task The_status_is_for_those_only_who_may_see_it(Block[] blocks)
    {
        await using var reader = new Reader();

        var printed = await reader.RunAsync(blocks, Sdk.Web, Scaffolds.Quiet + """
            services.AddAcomm(o => o.SocketPath = "/tmp/acomm/worker.sock");
            services.AddAuthentication().AddBearerToken();
            services.AddAuthorizationBuilder().AddPolicy("operators", policy => policy.RequireAuthenticatedUser());
            var app = builder.Build();
            /*0*/
            await app.StartAsync();
            using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
            Console.WriteLine((int)(await http.GetAsync("/status")).StatusCode);
            Console.WriteLine((int)(await http.GetAsync("/health")).StatusCode);
            await app.StopAsync();
            """);

        Assert.Equal("401\n200\n", printed);
    }
}
