using Acomm.DocumentTests.Markdown;
using Acomm.DocumentTests.Support;

namespace Acomm.DocumentTests;

/// <summary>docs/interceptors.md</summary>
public sealed class InterceptorsTests
{
    [Theory]
    [Blocks("docs/interceptors.md#interceptors")]
    public async Task The_interceptor_answers_in_the_place_of_a_handler_and_shortens_the_timeout_of_a_call(Block[] blocks)
    {
        await using var reader = new Reader();
        await reader.StartShell(blocks[0], "exec acomm listen --socket /tmp/acomm/silent.sock 2>&1").UntilAsync("ready");

        var printed = await reader.RunAsync(blocks, Sdk.Web, Scaffolds.Quiet + """
            /*1*/
            var app = builder.Build();
            await app.StartAsync();
            var acomm = app.Services.GetRequiredService<IAcomm>();
            var patient = new CallOptions { Timeout = TimeSpan.FromMinutes(2) };
            Console.WriteLine((await acomm.RequestAsync<string, string>("unix:///run/acomm/worker.sock", "closed", "x", patient)).Match(Right: _ => "open", Left: e => e.ToString()));
            Console.WriteLine((await acomm.CallAsync<string, string>("unix:///tmp/acomm/silent.sock", "any", "x")).Match(Right: r => r, Left: e => e.ToString()));
            await app.StopAsync();

            /*0*/
            """);

        Assert.Matches(@"\ATaskFailed: not today\nTimedOut: no answer to request \S+ within 2 s\n\z", printed);
    }
}
