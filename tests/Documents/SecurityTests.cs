using Acomm.DocumentTests.Markdown;
using Acomm.DocumentTests.Support;

namespace Acomm.DocumentTests;

/// <summary>docs/security.md</summary>
public sealed class SecurityTests
{
    [Theory]
    [Blocks("docs/security.md#what-the-applications-server-has-to-do")]
    public async Task A_server_with_these_limits_serves_and_refuses_headers_above_them(Block[] blocks)
    {
        await using var reader = new Reader();

        var printed = await reader.RunAsync(blocks, Sdk.Web, Scaffolds.Quiet + """
            services.AddAcomm(o => o.SocketPath = "/tmp/acomm/worker.sock");
            /*0*/
            var app = builder.Build();
            app.MapAcomm();
            await app.StartAsync();
            using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
            var health = await http.GetAsync("/health");
            Console.WriteLine($"{(int)health.StatusCode} {health.Headers.Server.Count}");
            http.DefaultRequestHeaders.Add("X-Long", new string('a', 17 << 10));
            Console.WriteLine((int)(await http.GetAsync("/health")).StatusCode);
            await app.StopAsync();
            """);

        Assert.Equal("200 0\n431\n", printed);
    }
}
