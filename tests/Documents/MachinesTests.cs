using Acomm.DocumentTests.Markdown;
using Acomm.DocumentTests.Support;

namespace Acomm.DocumentTests;

/// <summary>docs/machines.md</summary>
public sealed class MachinesTests
{
    // Posts a request whose answer is wanted at an address, and prints what it was told.
    private const string Post = """"

        static async Task PostAsync(WebApplication app, string path, string hook, string? forwardedFor = null)
        {
            using var http = new HttpClient();
            using var body = new StringContent($$"""{"id":"{{Guid.NewGuid()}}","task":"upper","args":"a","responseHook":"{{hook}}"}""", null, "application/json");
            var to = new UriBuilder(app.Urls.First()) { Host = "127.0.0.1", Path = path };
            using var request = new HttpRequestMessage(HttpMethod.Post, to.Uri) { Content = body };
            if (forwardedFor is not null)
                request.Headers.Add("X-Forwarded-For", forwardedFor);
            Console.WriteLine((int)(await http.SendAsync(request)).StatusCode);
        }
        """";

    private const string Upper = """
        AddTask("upper", (string text) => text.ToUpperInvariant())
        """;

    [Theory]
    [Blocks("docs/machines.md#endpoints-and-the-public-url")]
    public async Task The_endpoints_are_below_the_path(Block[] blocks)
    {
        await using var reader = new Reader();

        var printed = await reader.RunAsync(blocks, Sdk.Web, Scaffolds.Quiet + """
            /*0*/
            await app.StartAsync();
            await PostAsync(app, "/acomm", "http://127.0.0.1:1/");
            await PostAsync(app, "/other", "http://127.0.0.1:1/");
            await app.StopAsync();
            """ + Post);

        // Such a task there is not, and such a path neither.
        Assert.Equal("404\n404\n", printed);
        Assert.Contains("8080/acomm", blocks[0].Text, StringComparison.Ordinal);
    }

    [Theory]
    [Blocks("docs/machines.md#who-may-call")]
    public async Task Who_is_not_trusted_is_refused(Block[] blocks)
    {
        await using var reader = new Reader();

        var printed = await reader.RunAsync(blocks, Sdk.Web, $$"""
            using System.Net;

            {{Scaffolds.Quiet}}
            services.AddAcomm(o => o.SocketPath = "/run/acomm/worker.sock").{{Upper}};
            var trusted = new HashSet<IPAddress>();
            var app = builder.Build();
            /*0*/
            await app.StartAsync();
            await PostAsync(app, "/acomm", "http://127.0.0.1:1/");
            trusted.Add(IPAddress.Loopback);
            await PostAsync(app, "/acomm", "http://127.0.0.1:1/");
            Environment.Exit(0);
            {{Post}}
            """);

        Assert.Equal("403\n200\n", printed);
    }

    [Theory]
    [Blocks("docs/machines.md#what-others-may-name")]
    public async Task Hooks_in_an_allowed_network_are_taken_and_others_are_not(Block[] blocks)
    {
        await using var reader = new Reader();

        var printed = await reader.RunAsync([.. blocks.Where(block => block.Language == "csharp")], Sdk.Web, $$"""
            using LanguageExt;

            {{Scaffolds.Quiet}}
            /*0*/
            var app = builder.Build();
            app.MapAcomm();
            await app.StartAsync();
            await PostAsync(app, "/", "http://10.1.2.3:1/");
            await PostAsync(app, "/", "http://10.2.0.1:1/");
            Environment.Exit(0);
            {{Post}}
            """);

        // The first one may be named, but there is no such task.
        Assert.Equal("404\n403\n", printed);
    }

    [Theory]
    [Blocks("docs/machines.md#reverse-proxies")]
    public async Task Behind_a_proxy_the_caller_is_whom_the_proxy_names(Block[] blocks)
    {
        await using var reader = new Reader();

        var printed = await reader.RunAsync(blocks, Sdk.Web, $$"""
            using System.Net;
            using Microsoft.AspNetCore.HttpOverrides;

            {{Scaffolds.Quiet}}
            services.AddAcomm(o => o.SocketPath = "/run/acomm/worker.sock");
            /*0*/
            await app.StartAsync();
            await PostAsync(app, "/acomm", "http://10.9.9.9:1/");
            await PostAsync(app, "/acomm", "http://10.9.9.9:1/", forwardedFor: "10.9.9.9");
            Environment.Exit(0);
            {{Post}}
            """);

        Assert.Equal("403\n404\n", printed);
    }

    [Theory]
    [Blocks("docs/machines.md#a-node-as-a-way-out")]
    public async Task A_call_with_a_task_URL_goes_out_through_the_gateway(Block[] blocks)
    {
        await using var reader = new Reader();

        var printed = await reader.RunAsync(blocks, Sdk.Web, Scaffolds.Usings + $$"""
            await using var worker = Node("/run/acomm/worker.sock", "http://127.0.0.1:8080");
            await using var gateway = Node("/run/acomm/gateway.sock", "http://127.0.0.1:0");
            await using var caller = Node("/run/acomm/caller.sock", null);
            foreach (var node in new[] { worker, gateway, caller })
                await node.StartAsync();
            var acomm = caller.Services.GetRequiredService<IAcomm>();
            /*0*/
            Console.WriteLine(answer.Match(Right: reply => reply.Result, Left: error => error.ToString()));

            static WebApplication Node(string socket, string? url)
            {
                var builder = WebApplication.CreateSlimBuilder();
                builder.Logging.ClearProviders();
                builder.WebHost.UseUrls(url ?? "http://127.0.0.1:0");
                builder.Services.AddAcomm(o => o.SocketPath = socket).{{Upper}};
                var app = builder.Build();
                if (url is not null)
                    app.MapAcomm();
                return app;
            }
            """);

        Assert.Equal("OVER THE HILLS\n", printed);
    }
}
