using Acomm.DocumentTests.Markdown;
using Acomm.DocumentTests.Support;

namespace Acomm.DocumentTests;

/// <summary>docs/errors.md</summary>
public sealed class ErrorsTests
{
    [Theory]
    [Blocks("docs/errors.md#as-exceptions")]
    public async Task What_is_thrown_is_caught_by_its_error(Block[] blocks)
    {
        await using var reader = new Reader();

        var printed = await reader.RunAsync(blocks, Sdk.Web, Scaffolds.Quiet + """
            services.AddAcomm(o => { o.SocketPath = "/tmp/acomm/worker.sock"; o.Limits = o.Limits with { RequestTimeout = TimeSpan.FromMilliseconds(200) }; })
                .AddTask("count", async (CountArgs _, CancellationToken cancel) => { await Task.Delay(Timeout.Infinite, cancel); return new Counted(0); });
            var app = builder.Build();
            await app.StartAsync();
            Console.SetError(Console.Out);
            var acomm = app.Services.GetRequiredService<IAcomm>();
            var args2 = new CountArgs(" ");
            await CallAsync(acomm, args2);
            await app.StopAsync();

            static async Task CallAsync(IAcomm acomm, CountArgs args)
            {
            /*0*/
            }

            record CountArgs(string Delimiter);
            record Counted(int Parts);
            """);

        Assert.StartsWith("TimedOut: no answer to request ", printed, StringComparison.Ordinal);
    }
}
