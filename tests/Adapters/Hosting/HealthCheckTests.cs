using System.Net;
using System.Text.Json;
using Acomm.Effects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Acomm.AdapterTests.Hosting;

/// <summary>Nodes among the health checks of an application, as its endpoint shows them.</summary>
public sealed class HealthCheckTests
{
    [Fact]
    public async Task A_node_that_takes_requests_is_healthy_and_its_figures_are_there_with_their_limits()
    {
        await using var host = new TestHost();
        await StartAsync(host, "", "billing");

        var (status, checks) = await AskAsync(host);

        Assert.Equal((HttpStatusCode.OK, "Healthy"), (status, checks["acomm"].Status));
        Assert.Equal(("Healthy", "node 'billing': it takes requests"), (checks["acomm:billing"].Status, checks["acomm:billing"].Description));
        var data = checks["acomm:billing"].Data;
        Assert.Equal(("running", host.At("billing")), (data["phase"], data["socket"]));
        Assert.Equal(
            [("outstanding", "0"), ("outstandingLimit", "1000000"), ("handlersRunning", "0"), ("handlersLimit", "1024"), ("handlersWaiting", "0"), ("connections", "0"), ("connectionsLimit", "1024")],
            data.Where(figure => figure.Key is not ("phase" or "socket")).Select(figure => (figure.Key, figure.Value)));
    }

    [Fact]
    public async Task A_node_whose_socket_file_is_gone_is_unhealthy_and_no_other()
    {
        await using var host = new TestHost();
        await StartAsync(host, "", "billing");
        File.Delete(host.At("billing"));

        var (status, checks) = await AskAsync(host);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal("Healthy", checks["acomm"].Status);
        Assert.Equal(
            ("Unhealthy", $"node 'billing': its socket file '{host.At("billing")}' is gone, or another one's"),
            (checks["acomm:billing"].Status, checks["acomm:billing"].Description));
    }

    [Fact]
    public async Task Many_requests_that_wait_for_a_handler_degrade_the_node_until_they_wait_no_more()
    {
        var gate = new Gate();
        await using var host = new TestHost();
        gate.AddTo(host.Add("", o => o.Limits = Domain.Limits.Default with { HandlersWaitingPerTask = 2 }), concurrency: 1);
        await StartAsync(host, "billing");
        var calls = new[] { 1, 2, 3 }.Select(_ => host.Acomm("billing").CallAsync<string, string>(host.Unix(""), "wait", "")).ToArray();
        await gate.Entered;
        await Expect.Until(() => host.App.Services.GetRequiredService<AcommNode>().Handlers.Waiting == 2);

        var (status, checks) = await AskAsync(host);
        gate.Release();
        foreach (var call in calls)
            await call.Ok();

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(
            ("Degraded", "2 requests wait for the handler of the task 'wait', the limit is 2"),
            (checks["acomm"].Status, checks["acomm"].Description));
        Assert.Equal(("1", "2"), (checks["acomm"].Data["handlersRunning"], checks["acomm"].Data["handlersWaiting"]));
        await Expect.Until(() => host.App.Services.GetRequiredService<AcommNode>().Handlers.Running == 0);
        Assert.Equal("Healthy", (await AskAsync(host)).Checks["acomm"].Status);
    }

    [Fact]
    public async Task A_node_that_drains_is_degraded()
    {
        var gate = new Gate();
        await using var host = new TestHost();
        gate.AddTo(host.Add(""));
        await StartAsync(host, "billing");
        var call = host.Acomm("billing").CallAsync<string, string>(host.Unix(""), "wait", "");
        await gate.Entered;

        var stopped = host.App.Services.GetRequiredService<AcommNode>().StopAsync(TimeSpan.FromMinutes(1));
        var (_, checks) = await AskAsync(host);
        gate.Release();
        await call.Ok();
        await stopped.Within();

        Assert.Equal(("Degraded", "it takes no new requests, 0 are open, and 1 are in handlers"), (checks["acomm"].Status, checks["acomm"].Description));
    }

    [Fact]
    public async Task The_usual_parameters_are_those_of_the_check()
    {
        await using var host = new TestHost();
        host.Add("billing");
        host.Collection.AddHealthChecks().AddAcomm("billing", HealthStatus.Degraded, ["ready"], TimeSpan.FromSeconds(7));
        var check = host.App.Services.GetRequiredService<HealthCheckService>();

        var report = await check.CheckHealthAsync(registration => registration.Tags.Contains("ready") && registration.Timeout == TimeSpan.FromSeconds(7));

        var entry = Assert.Single(report.Entries);
        Assert.Equal(("acomm:billing", HealthStatus.Degraded), (entry.Key, entry.Value.Status));
        Assert.Equal($"node 'billing': it does not listen on '{host.At("billing")}'", entry.Value.Description);
    }

    [Fact]
    public async Task A_check_of_a_node_that_was_not_added_fails_and_says_so()
    {
        await using var host = new TestHost();
        host.Add("");
        host.Collection.AddHealthChecks().AddAcomm("billing");
        await host.StartAsync();

        var report = await host.App.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();

        Assert.Equal(HealthStatus.Unhealthy, report.Status);
        Assert.Equal("the node 'billing' was not added with AddAcomm; there are: the unnamed one", report.Entries["acomm:billing"].Description);
    }

    private static async Task StartAsync(TestHost host, params string[] names)
    {
        foreach (var name in names)
            host.Add(name);
        host.Collection.AddHealthChecks().AddAcomm().AddAcomm("billing");
        host.App.MapHealthChecks("/health", new HealthCheckOptions
        {
            ResponseWriter = (http, report) => http.Response.BodyWriter.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(
                report.Entries.ToDictionary(e => e.Key, e => new Check($"{e.Value.Status}", e.Value.Description ?? "", e.Value.Data.ToDictionary(d => d.Key, d => $"{d.Value}"))))).AsTask(),
        });
        await host.StartAsync();
    }

    private static async Task<(HttpStatusCode Status, Dictionary<string, Check> Checks)> AskAsync(TestHost host)
    {
        using var client = new HttpClient();
        using var reply = await client.GetAsync($"{host.Http}/health").Within();
        return (reply.StatusCode, JsonSerializer.Deserialize<Dictionary<string, Check>>(await reply.Content.ReadAsStringAsync())!);
    }

    private sealed record Check(string Status, string Description, Dictionary<string, string> Data);
}
