using System.Collections.Concurrent;
using Acomm.Adapters;
using Acomm.AdapterTests.Diagnostics;
using Acomm.Domain;
using Acomm.Effects;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Acomm.AdapterTests.Hosting;

/// <summary>Several nodes in one application: each has what is its own, and is found under its name.</summary>
[Collection(ListeningTests.Name)]
public sealed class NamedNodeTests
{
    [Fact]
    public async Task Each_node_has_a_socket_and_tasks_of_its_own_and_the_unnamed_one_needs_no_key()
    {
        await using var host = new TestHost();
        host.Add("").AddTask("who", (string _) => "unnamed");
        host.Add("billing").AddTask("who", (string _) => "billing").AddTask("bill", (int sum) => sum);
        host.Add("stock").AddTask("who", (string _) => "stock");
        await host.StartAsync();
        var caller = host.App.Services.GetRequiredService<IAcomm>();

        foreach (var name in (string[])["", "billing", "stock"])
        {
            Assert.Equal(name.Length == 0 ? "unnamed" : name, await caller.CallAsync<string, string>(host.Unix(name), "who", "").Ok());
            Assert.Equal(host.Unix(name), host.Acomm(name).Address.ToString());
            Assert.Same(host.Acomm(name), host.App.Services.GetRequiredKeyedService<AcommNode>(name));
            Assert.Same(host.Acomm(name).Payloads, host.App.Services.GetRequiredKeyedService<PayloadCodec>(name));
            Assert.NotNull(host.App.Services.GetRequiredKeyedService<Workers>(name));
        }

        Assert.Same(host.Acomm(), caller);
        Assert.Same(caller.Payloads, host.App.Services.GetRequiredService<PayloadCodec>());
        Assert.IsType<AcommError.Rejected>(await caller.CallAsync<int, int>(host.Unix("stock"), "bill", 1).Error());
        Assert.Equal(5, host.Acomm("stock").Payloads.Read<int>(host.Acomm("billing").Payloads.Write(5).Ok()).IfLeft(0));
    }

    [Fact]
    public async Task Without_the_unnamed_one_there_is_none()
    {
        await using var host = new TestHost();
        host.Add("billing");
        await host.StartAsync();

        Assert.Null(host.App.Services.GetService<IAcomm>());
        Assert.Equal(["billing.sock"], host.Files);
    }

    [Fact]
    public async Task An_interceptor_stands_around_the_node_it_was_added_to_and_no_other()
    {
        await using var host = new TestHost();
        host.Add("billing").AddInterceptor<Named>().AddTask("who", (string _) => "nobody");
        host.Add("stock").AddInterceptor<Named>().AddTask("who", (string _) => "nobody");
        host.Add("").AddTask("who", (string _) => "nobody");
        await host.StartAsync();

        Assert.Equal("\"billing\"", (await host.Acomm().CallAsync<string, RawJson>(host.Unix("billing"), "who", "").Ok()).ToString());
        Assert.Equal("\"stock\"", (await host.Acomm().CallAsync<string, RawJson>(host.Unix("stock"), "who", "").Ok()).ToString());
        Assert.Equal("\"nobody\"", (await host.Acomm().CallAsync<string, RawJson>(host.Unix(""), "who", "").Ok()).ToString());
    }

    [Fact]
    public async Task Each_node_has_endpoints_under_a_path_of_its_own_and_answers_come_back_to_them()
    {
        await using var host = new TestHost();
        host.Add("").AddTask("who", (string _) => "unnamed");
        host.Add("billing").AddTask("who", (string _) => "billing").AddTask("give", (string _) => Answer.WithStream("here", StreamSource.From(new MemoryStream([1, 2, 3]))));
        host.App.MapAcomm();
        host.App.MapAcomm("/billing", name: "billing");
        await host.StartAsync();

        Assert.Equal("unnamed", await host.Acomm("billing").CallAsync<string, string>(host.Http, "who", "").Ok());
        Assert.Equal("billing", await host.Acomm().CallAsync<string, string>($"{host.Http}/billing", "who", "").Ok());
        var reply = await host.Acomm().RequestAsync<string, string>($"{host.Http}/billing", "give", "", CallOptions.None).Ok();
        Assert.StartsWith($"{host.Http}/billing/stream?", reply.Stream.Map(stream => stream.Address.ToString()).IfNone(""), StringComparison.Ordinal);
        var read = new MemoryStream();
        await reply.Stream.IfNone(() => throw new InvalidOperationException("no stream")).CopyToAsync(read).Ok();
        Assert.Equal([1, 2, 3], read.ToArray());
    }

    [Fact]
    public async Task A_name_that_was_not_added_is_told_with_those_that_were()
    {
        await using var host = new TestHost();
        host.Add("");
        host.Add("billing");

        var error = Assert.Throws<InvalidOperationException>(() => host.App.MapAcomm("/b", name: "Billing"));

        Assert.Equal("the node 'Billing' was not added with AddAcomm; there are: the unnamed one, 'billing'", error.Message);
    }

    [Fact]
    public async Task The_unnamed_node_that_was_not_added_is_told_as_such()
    {
        await using var host = new TestHost();
        host.Add("billing");

        var error = Assert.Throws<InvalidOperationException>(() => host.App.MapAcomm());

        Assert.Equal("the unnamed node was not added with AddAcomm; there are: 'billing'", error.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("billing")]
    public async Task A_node_that_is_added_again_is_the_same_and_gets_what_is_added(string name)
    {
        await using var host = new TestHost();
        host.Add(name).AddTask("one", (int number) => number + 1);
        host.Add(name, options => options.Limits = options.Limits with { Depth = 7 }).AddTask("two", (int number) => number + 2);
        await host.StartAsync();

        Assert.Equal(2, await host.Acomm(name).CallAsync<int, int>(host.Unix(name), "one", 1).Ok());
        Assert.Equal(3, await host.Acomm(name).CallAsync<int, int>(host.Unix(name), "two", 1).Ok());
        Assert.Equal(7, host.App.Services.GetRequiredService<IOptionsMonitor<AcommOptions>>().Get(name).Limits.Depth);
        Assert.Single(host.App.Services.GetServices<IHostedService>(), service => service.GetType().Name.StartsWith("Acomm", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Options_are_those_of_the_name_and_come_from_its_section()
    {
        await using var host = new TestHost();
        host.Builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Acomm:Billing:SocketPath"] = host.At("billing"),
            ["Acomm:Billing:Limits:Depth"] = "9",
        });
        host.Add("");
        host.Collection.AddAcomm("billing", host.Builder.Configuration.GetSection("Acomm:Billing"), options => options.DrainLimit = TimeSpan.FromSeconds(3));
        await host.StartAsync();

        var options = host.App.Services.GetRequiredService<IOptionsMonitor<AcommOptions>>().Get("billing");
        Assert.Equal((9, TimeSpan.FromSeconds(3)), (options.Limits.Depth, options.DrainLimit));
        Assert.Equal(Limits.Default, host.App.Services.GetRequiredService<IOptions<AcommOptions>>().Value.Limits);
        Assert.Equal(["billing.sock", "node.sock"], host.Files);
    }

    [Theory]
    [InlineData("Limits:FrameBytes", "17825792", "node 'billing': Limits:FrameBytes: 17825792 is not between 1 and 16777216")]
    [InlineData("Limits:AckRead", "30", "node 'billing': Limits:AckRead: '30' is no time as 00:00:30")]
    public async Task What_is_wrong_with_the_options_is_named_with_the_node_and_nothing_starts(string key, string value, string problem)
    {
        await using var host = new TestHost();
        host.Add("");
        host.Builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Billing:SocketPath"] = host.At("billing"), [$"Billing:{key}"] = value });
        host.Collection.AddAcomm("billing", host.Builder.Configuration.GetSection("Billing"));

        var error = await Assert.ThrowsAsync<OptionsValidationException>(host.StartAsync);

        Assert.Equal(problem, Assert.Single(error.Failures));
        Assert.Equal("billing", error.OptionsName);
        Assert.Empty(host.Files);
    }

    [Fact]
    public async Task Two_nodes_of_one_socket_are_refused_before_any_of_them_listens()
    {
        await using var host = new TestHost();
        host.Add("");
        host.Add("billing", options => options.SocketPath = host.At("").Replace("/node", "/./node", StringComparison.Ordinal));

        var error = await Assert.ThrowsAsync<OptionsValidationException>(host.StartAsync);

        Assert.Equal($"SocketPath: '{host.At("")}' is that of several nodes: the unnamed one, 'billing'", Assert.Single(error.Failures));
        Assert.Empty(host.Files);
    }

    [Fact]
    public async Task A_node_that_cannot_start_is_named_and_those_before_it_are_closed_with_the_application()
    {
        var host = new TestHost();
        host.Add("first").AddTask("who", (string _) => "first");
        host.Add("second", options => options.SocketPath = Path.Combine(host.At("taken"), "inside.sock"));
        host.Add("third");
        await File.WriteAllTextAsync(EnsureDirectoryOf(host.At("taken")), "no directory");

        await using (host)
        {
            var error = await Assert.ThrowsAsync<AcommStartException>(host.StartAsync);
            Assert.Equal("second", error.Node);
            Assert.StartsWith("node 'second': ", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("third.sock", host.Files);
            await host.App.DisposeAsync();
            Assert.Equal(["taken.sock"], host.Files);
        }
    }

    [Fact]
    public async Task Events_of_a_node_go_to_whom_its_key_names_or_into_a_log_of_its_name()
    {
        var own = new RecordedEvents();
        var loggers = new Categories();
        await using var host = new TestHost();
        host.Collection.AddLogging(logging => logging.AddProvider(loggers));
        host.Collection.AddKeyedSingleton<INodeEvents>("billing", own);
        host.Add("stock");
        host.Add("billing");
        await host.StartAsync();
        Assert.Contains("Acomm.Effects.AcommNode.stock", loggers.All);
        Assert.DoesNotContain("Acomm.Effects.AcommNode.billing", loggers.All);

        await GoWire.SendAsync(host.At("stock"), []);
        await GoWire.SendAsync(host.At("billing"), []);
        await own.First<NodeEvent.DocumentRefused>();

        Assert.Single(own.All<NodeEvent.DocumentRefused>());
    }

    [Fact]
    public async Task Figures_tell_nodes_apart_by_their_sockets_also_to_OpenTelemetry()
    {
        var metrics = new List<MetricSnapshot>();
        using var metering = Sdk.CreateMeterProviderBuilder().AddMeter(AcommDiagnostics.MeterName).AddInMemoryExporter(metrics).Build();
        var gate = new Gate();
        await using var host = new TestHost();
        gate.AddTo(host.Add("billing"));
        host.Add("stock");
        await host.StartAsync();
        var call = host.Acomm("stock").CallAsync<string, string>(host.Unix("billing"), "wait", "");
        await gate.Entered;

        Assert.True(metering.ForceFlush());
        gate.Release();
        await call.Ok();

        var outstanding = new Dictionary<string, long>();
        foreach (var metric in metrics.Where(metric => metric.Name == "acomm.requests.outstanding"))
        {
            foreach (var point in metric.MetricPoints)
            {
                foreach (var tag in point.Tags)
                    outstanding[$"{tag.Value}"] = point.GetSumLong();
            }
        }

        Assert.Equal((0, 1), (outstanding[host.Unix("billing")], outstanding[host.Unix("stock")]));
    }

    private static string EnsureDirectoryOf(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    private sealed class Categories : ILoggerProvider
    {
        public ConcurrentQueue<string> All { get; } = new();

        public ILogger CreateLogger(string categoryName)
        {
            All.Enqueue(categoryName);
            return NullLogger.Instance;
        }

        public void Dispose()
        {
        }
    }

    private sealed class Named([ServiceKey] string name) : AcommInterceptor
    {
        public override Task<Answer<RawJson>> HandleAsync(CallContext call, TaskHandler next, CancellationToken cancel) =>
            Task.FromResult<Answer<RawJson>>(RawJson.Parse($"\"{name}\"").Ok());
    }
}
