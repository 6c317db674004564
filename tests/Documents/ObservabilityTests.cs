using Acomm.DocumentTests.Markdown;
using Acomm.DocumentTests.Support;

namespace Acomm.DocumentTests;

/// <summary>docs/observability.md</summary>
public sealed class ObservabilityTests
{
    [Theory]
    [Blocks("docs/observability.md#watching-a-node")]
    public async Task Figures_and_traces_of_a_call_are_printed(Block[] blocks)
    {
        await using var reader = new Reader();

        var printed = await reader.RunAsync(blocks, Sdk.Web, """
            using OpenTelemetry.Metrics;
            using OpenTelemetry.Trace;

            """ + Scaffolds.Quiet + """
            services.AddAcomm(o => o.SocketPath = "/tmp/acomm/worker.sock").AddTask("upper", (string text) => text.ToUpperInvariant());
            /*0*/
            var app = builder.Build();
            await app.StartAsync();
            await app.Services.GetRequiredService<IAcomm>().CallAsync<string, string>("unix:///tmp/acomm/worker.sock", "upper", "a").OrThrowAsync();
            await app.StopAsync();
            await app.DisposeAsync();
            """);

        Assert.Contains("rpc.server.call.duration", printed, StringComparison.Ordinal);
        Assert.Matches(@"Activity.DisplayName: +upper", printed);
    }
}
