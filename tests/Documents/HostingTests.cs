using Acomm.DocumentTests.Markdown;
using Acomm.DocumentTests.Support;

namespace Acomm.DocumentTests;

/// <summary>docs/hosting.md</summary>
public sealed class HostingTests
{
    [Theory]
    [Blocks("docs/hosting.md#in-an-application", "docs/hosting.md#tasks")]
    public async Task Tasks_as_lambda_and_as_class_are_served_through_an_interceptor(Block[] blocks)
    {
        await using var reader = new Reader();

        var printed = await reader.RunAsync(blocks, Sdk.Web, Scaffolds.Quiet + """
            /*0*/
            Serve(builder.Services.AddAcomm(_ => { }));
            var app = builder.Build();
            await app.StartAsync();
            var acomm = app.Services.GetRequiredService<IAcomm>();
            const string Shop = "unix:///run/acomm/shop.sock";
            Console.WriteLine(await acomm.CallAsync<PriceArgs, decimal>(Shop, "price", new("tea")).OrThrowAsync());
            Console.WriteLine((await acomm.CallAsync<PriceArgs, decimal>(Shop, "price", new("gold"))).Match(Right: _ => "", Left: e => e.ToString()));
            Console.WriteLine(await acomm.CallAsync<string, string>(Shop, "ping", "pong").OrThrowAsync());
            Console.WriteLine(await acomm.CallAsync<PriceArgs, decimal>(Shop, "discount", new("tea")).OrThrowAsync());
            Console.WriteLine(app.Services.GetRequiredService<AcommNode>().Phase);
            _ = (app.Services.GetRequiredService<Workers>(), app.Services.GetRequiredService<PayloadCodec>());
            await app.StopAsync();

            static void Serve(AcommBuilder acomm)
            {
            /*2*/
            }

            /*1*/
            internal sealed class Prices
            {
                public Task<decimal?> FindAsync(string article, CancellationToken cancel) => Task.FromResult<decimal?>(article == "tea" ? 1.5m : null);
            }

            internal sealed class Audit : AcommInterceptor;
            """);

        Assert.Equal("1.5\nTaskFailed: there is no article gold\npong\n1.35\nRunning\n", printed);
    }

    [Theory]
    [Blocks("docs/hosting.md#calls")]
    public async Task Calls_are_gathered_and_workers_tried_in_their_order(Block[] blocks)
    {
        await using var reader = new Reader();

        var printed = await reader.RunAsync(blocks, Sdk.Web, Scaffolds.Quiet + """
            await using var slow = await NodeAsync("/run/acomm/price/9-slow.sock", 9);
            await using var fast = await NodeAsync("/run/acomm/price/1-fast.sock", 1);
            var acomm = slow.Services.GetRequiredService<IAcomm>();
            string[] shops = ["unix:///run/acomm/price/1-fast.sock", "unix:///run/acomm/price/2-none.sock"];
            /*0*/
            var workers = slow.Services.GetRequiredService<Workers>();
            /*1*/
            Console.WriteLine(price.Match(Right: reply => $"{reply.Result}", Left: error => error.ToString()));

            static async Task<WebApplication> NodeAsync(string socket, decimal price)
            {
                var builder = WebApplication.CreateSlimBuilder();
                builder.Logging.ClearProviders();
                builder.WebHost.UseUrls("http://127.0.0.1:0");
                builder.Services.AddAcomm(o => o.SocketPath = socket).AddTask("price", (PriceArgs _) => price);
                var app = builder.Build();
                await app.StartAsync();
                return app;
            }

            internal sealed record PriceArgs(string Article);
            """);

        Assert.Equal("unix:///run/acomm/price/1-fast.sock: 1\nunix:///run/acomm/price/2-none.sock: PeerUnreachable\n1\n", printed);
    }

    [Theory]
    [Blocks("docs/hosting.md#configuration")]
    public async Task A_section_of_the_configuration_sets_the_node_up(Block[] blocks)
    {
        await using var reader = new Reader();
        await reader.WriteAsync(Assert.Single(blocks, block => block.Language == "json"), "settings.json");

        var printed = await reader.RunAsync([.. blocks.Where(block => block.Language == "csharp")], Sdk.Web, Scaffolds.Quiet + """
            builder.Configuration.AddJsonFile(System.IO.Path.GetFullPath("settings.json"));
            /*0*/
            var app = builder.Build();
            await app.StartAsync();
            var set = app.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<AcommOptions>>().Value;
            Console.WriteLine($"{app.Services.GetRequiredService<IAcomm>().Address} {set.DrainLimit} {set.Limits.RequestTimeout} {set.Limits.HandlersPerTask}");
            await app.StopAsync();
            """);

        Assert.Equal("unix:///run/acomm/shop.sock 00:01:00 00:10:00 16\n", printed);
    }

    [Theory]
    [Blocks("docs/hosting.md#json")]
    public async Task A_context_converts_what_is_in_it_and_nothing_else(Block[] blocks)
    {
        await using var reader = new Reader();

        var printed = await reader.RunAsync(blocks, Sdk.Web, """
            using System.Text.Json;
            using System.Text.Json.Serialization;

            """ + Scaffolds.Quiet + """
            /*0*/
            var app = builder.Build();
            await app.StartAsync();
            var acomm = app.Services.GetRequiredService<IAcomm>();
            Console.WriteLine(await acomm.CallAsync<PriceArgs, Price>("unix:///run/acomm/shop.sock", "price", new("tea")).OrThrowAsync());
            var other = await acomm.CallAsync<Version, Price>("unix:///run/acomm/shop.sock", "price", new Version(1, 0));
            Console.WriteLine(other.Match(Right: _ => "", Left: e => e.Name));
            await app.StopAsync();

            /*1*/
            """);

        Assert.Equal("Price { Article = tea, Amount = 9.95 }\nUnserializable\n", printed);
    }

    [Theory]
    [Blocks("docs/hosting.md#several-nodes")]
    public async Task Nodes_with_names_call_each_other(Block[] blocks)
    {
        await using var reader = new Reader();

        var printed = await reader.RunAsync(blocks, Sdk.Web, Scaffolds.Quiet + """
            /*0*/
            await app.StartAsync();
            Console.WriteLine(await app.Services.GetRequiredService<Orders>().InvoiceAsync("Ada"));
            using var http = new HttpClient();
            Console.WriteLine((int)(await http.GetAsync($"{app.Urls.First()}/billing/health")).StatusCode);
            await app.StopAsync();

            /*1*/
            """);

        Assert.Equal("invoice for Ada\n200\n", printed);
    }

    [Theory]
    [Blocks("docs/hosting.md#health")]
    public async Task The_health_of_nodes_is_that_of_the_application(Block[] blocks)
    {
        await using var reader = new Reader();

        var printed = await reader.RunAsync(blocks, Sdk.Web, Scaffolds.Quiet + """
            builder.Services.AddAcomm(o => o.SocketPath = "/run/acomm/shop.sock");
            builder.Services.AddAcomm("billing", o => o.SocketPath = "/run/acomm/billing.sock");
            /*0*/
            await app.StartAsync();
            using var http = new HttpClient();
            Console.WriteLine(await http.GetStringAsync($"{app.Urls.First()}/healthz"));
            File.Delete("/run/acomm/billing.sock");
            Console.WriteLine((int)(await http.GetAsync($"{app.Urls.First()}/healthz")).StatusCode);
            await app.StopAsync();
            """);

        Assert.Equal("Healthy\n503\n", printed);
    }

    [Theory]
    [Blocks("docs/hosting.md#start-and-stop")]
    public async Task The_host_waits_longer_than_the_node(Block[] blocks)
    {
        await using var reader = new Reader();

        var printed = await reader.RunAsync(blocks, Sdk.Web, Scaffolds.Quiet + """
            builder.Services.AddAcomm(o => o.SocketPath = "/run/acomm/shop.sock");
            /*0*/
            var app = builder.Build();
            var host = app.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<HostOptions>>().Value;
            var node = app.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<AcommOptions>>().Value;
            Console.WriteLine(host.ShutdownTimeout > node.DrainLimit);
            """);

        Assert.Equal("True\n", printed);
    }
}
